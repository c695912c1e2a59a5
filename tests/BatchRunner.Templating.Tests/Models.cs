namespace BatchRunner.Templating.Tests;

/// <summary>The models the cases are rendered with.</summary>
static class Models
{
    public static TemplateRow Row { get; } = new(
        "row",
        new(["id", "Headline (EN)", "seconds", "cta", "aspect", "Scene (EN)", "Scene EN"]),
        [new Cell("m1"), new Cell("Hello"), new Cell("5"), null, null, new Cell("s1"), new Cell("s2")]);

    public static TemplateModel Case() => new()
    {
        ["row"] = Row,
        ["brand"] = new TemplateMap
        {
            Name = "brand",
            ["name"] = "Nord",
            ["tone"] = "calm",
            ["palette"] = new TemplateMap { ["main"] = "green" },
        },
        ["ratio"] = new TemplateMap { Name = "ratio", ["16:9"] = "1280:720", ["9:16"] = "720:1280" },
        ["name"] = "Nord",
        ["n"] = 3,
        ["items"] = new List<object?> { "a", "b", "c" },
        ["blank"] = null,
        ["key"] = "tone",
        ["lines"] = "one\ntwo",
    };
}
