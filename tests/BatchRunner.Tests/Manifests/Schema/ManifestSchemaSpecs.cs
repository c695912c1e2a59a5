using System.Text.Json.Nodes;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.Manifests.Files;
using BatchRunner.Manifests.Shape;
using BatchRunner.Manifests.Yaml;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Manifests.Schema;

public sealed class ManifestSchemaSpecs
{
    const string Folder = "tests/BatchRunner.Tests/Manifests/Cases";

    public static TheoryData<string> Cases => [.. CaseFile.Names(Folder)];

    [Fact]
    public void The_parts_that_follow_from_code_and_catalogue_are_up_to_date()
    {
        var made = SchemaFile.Made();
        if (Environment.GetEnvironmentVariable("BATCHRUNNER_ACCEPT") == "1")
        {
            File.WriteAllText(SchemaFile.FullPath, made);
        }

        Assert.True(File.ReadAllText(
            SchemaFile.FullPath) == made, "set BATCHRUNNER_ACCEPT=1, run again and read the difference");
    }

    [Fact]
    public void The_engine_holds_the_same_schema()
    {
        using var stream = typeof(ManifestReader).Assembly.GetManifestResourceStream("manifest.schema.json");
        using var reader = new StreamReader(Assert.IsType<Stream>(stream, exactMatch: false));

        Assert.Equal(File.ReadAllText(SchemaFile.FullPath), reader.ReadToEnd());
    }

    [Fact]
    public void It_knows_the_keys_that_the_reader_takes_at_every_level()
    {
        var schema = SchemaFile.Read();
        var top = SchemaFile.Member(schema, "properties");
        var definitions = SchemaFile.Member(schema, "definitions");

        Assert.Equal(Sorted(ManifestKeys.Top.Keys), Keys(schema));
        Assert.Equal(Sorted(ManifestKeys.Matrix.Keys), Keys(SchemaFile.Member(top, "matrix")));
        Assert.Equal(Sorted(ManifestKeys.Screening.Keys), Keys(SchemaFile.Member(top, "screening")));
        Assert.Equal(Sorted(ManifestKeys.Limits.Keys), Keys(SchemaFile.Member(top, "limits")));
        Assert.Equal(Sorted(ManifestKeys.Template.Keys), Keys(MapForm(SchemaFile.Member(definitions, "template"))));
        Assert.Equal(Sorted(ManifestKeys.Source.Keys), Keys(MapForm(SchemaFile.Member(definitions, "variable"))));
    }

    [Fact]
    public void Every_key_says_in_an_editor_what_it_is()
    {
        List<string> silent = [];
        Silent(SchemaFile.Read(), "", silent);

        Assert.Empty(silent);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_editor_accepts_and_refuses_the_same_shapes(string name)
    {
        using var folder = new TempFolder();
        var file = CaseFile.Load(Folder, name);
        file.WriteFiles(folder);
        var main = folder[file.FileNames.First()];
        DiagnosticBag problems = [];
        if (SourceText.Read(new(main, main), File.ReadAllBytes(main), problems) is not { } source
            || YamlReader.Read(source, problems) is not { } root)
        {
            // Not YAML: the editor says so without a schema.
            return;
        }

        ManifestReader.Read(main, null, problems);
        var own = problems.Where(problem => problem.Severity == Severity.Error
            && problem.Place?.File.Path == main).ToList();
        var isAccepted = new SchemaCheck(SchemaFile.Read()).Accepts(SchemaCheck.Json(root));

        Assert.Equal(own.TrueForAll(problem => IsBeyondShape(problem.Code)), isAccepted);
    }

    // What depends on other files, on other keys, or on whether something is extended.
    static bool IsBeyondShape(string code) => code
        is "BR0101" or "BR0102" or "BR0105" or "BR0127" or "BR0134" or "BR0135" or "BR0136" or "BR0137" or "BR0138" or "BR0139" or "BR0140" or "BR0145" or "BR0147" or "BR0148";

    static void Silent(JsonNode? node, string path, List<string> silent)
    {
        if (node is JsonObject schema)
        {
            schema.Remove("not");
            foreach (var (key, inner) in schema["properties"] as JsonObject ?? [])
            {
                if (inner?["description"] is null && inner?["$ref"] is null)
                {
                    silent.Add($"{path}/{key}");
                }
            }

            foreach (var (key, inner) in schema)
            {
                Silent(inner, $"{path}/{key}", silent);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var inner in list)
            {
                Silent(inner, path, silent);
            }
        }
    }

    static JsonObject MapForm(JsonObject definition) =>
        definition["anyOf"]?.AsArray().OfType<JsonObject>().Single(form => form["properties"] is not null)
        ?? throw new InvalidDataException("no map form");

    static IEnumerable<string> Keys(JsonObject schema) =>
        Sorted(SchemaFile.Member(schema, "properties").Select(member => member.Key));

    static IEnumerable<string> Sorted(IEnumerable<string> keys) => keys.Order(StringComparer.Ordinal);
}
