// The current folder belongs to the whole process, and transcripts speak of files as a user would type them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
