namespace BatchRunner.Downloads;

/// <summary>What a disk's refusal means, in our words: the platform's own hold whole paths.</summary>
static class DiskWords
{
    public static string Of(Exception error) => (error, error.HResult) switch
    {
        (UnauthorizedAccessException, _) => "permission denied",
        (_, 5) => "the disk has an input/output error",
        (_, 28 or unchecked((int)0x80070070)) => "no space left",
        (_, 30) => "the disk is read-only",
        (_, 122 or 69) => "the quota is used up",
        (_, 27) => "the file is too large for the disk",
        (_, 24) => "too many open files",
        (_, 36 or 63) => "the name is too long",
        _ => "the disk refused",
    };
}
