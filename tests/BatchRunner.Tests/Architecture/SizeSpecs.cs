namespace BatchRunner.Tests.Architecture;

public class SizeSpecs
{
    const int LinesPerFile = 400;
    const int FilesPerFolder = 14;

    [Fact]
    public void No_file_is_longer_than_it_can_be_read()
    {
        var tooLong = Repository.Sources
            .Select(file => (File: Path.GetRelativePath(Repository.Root, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > LinesPerFile)
            .Select(file => $"{file.File} has {file.Lines} lines, at most {LinesPerFile} are allowed");

        Repository.AssertNone(tooLong);
    }

    [Fact]
    public void No_folder_holds_more_files_than_can_be_overlooked()
    {
        var full = Repository.Sources.CountBy(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file) ?? ""))
            .Where(folder => folder.Value > FilesPerFolder)
            .Select(folder => $"{folder.Key} has {folder.Value} files, at most {FilesPerFolder} are allowed");

        Repository.AssertNone(full);
    }
}
