using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests;

/// <summary>What the user wrote, after `extends`, every value with its place. It is not yet expanded: no row has been read.</summary>
sealed record Manifest
{
    /// <summary>The manifest that is run (not one that is only extended).</summary>
    public required SourceFile File { get; init; }

    /// <summary>Full path of the folder it lies in: media paths are relative to it, and `out/` lies in it.</summary>
    public required string Folder { get; init; }

    /// <summary>Full path of the folder that everything read must lie below; <see cref="Folder"/> unless `--root` says otherwise.</summary>
    public required string Root { get; init; }

    /// <summary>Every file it is made of and names itself: it, what it extends, prompts and sheets. Not media.</summary>
    public IReadOnlyList<SourceFile> Files { get; init; } = [];

    /// <summary>The run's identity and its folder's name.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The arms in order, `axis template`; empty: no prompt is sent.</summary>
    public required IReadOnlyList<Arm> Arms { get; init; }

    /// <summary>The other axes in order.</summary>
    public required IReadOnlyList<Variable> Variables { get; init; }

    /// <summary>Data for templates; empty if there is none.</summary>
    public required MapNode Constants { get; init; }

    public required Matrix Matrix { get; init; }

    /// <summary>Short for `request.promptImage`: a scalar, or a list as the API nests it.</summary>
    public MapEntry? Image { get; init; }

    /// <summary>The lowest layer of Runway's fields, without `endpoint`.</summary>
    public required MapNode Request { get; init; }

    /// <summary>`request.endpoint`, which overrides the derived one.</summary>
    public ScalarNode? Endpoint { get; init; }

    public ScalarNode? Takes { get; init; }

    public ScalarNode? Id { get; init; }

    public ScalarNode? Output { get; init; }

    /// <summary>Two jobs with one request: false is an error, true shares the first one's file.</summary>
    public bool SharesDuplicates { get; init; }

    public Screening? Screening { get; init; }

    public required Limits Limits { get; init; }
}

/// <summary>One arm of the test: a prompt template and the request fields it brings.</summary>
/// <param name="Name">Its label on the axis `template`.</param>
/// <param name="NamePlace">Where it is named.</param>
/// <param name="Text">The prompt template; its place is in its own file if it came from one.</param>
/// <param name="Request">Fields it lays over the manifest's, or null.</param>
sealed record Arm(string Name, SourcePlace NamePlace, ScalarNode Text, MapNode? Request);

/// <summary>An axis.</summary>
sealed record Variable(string Name, SourcePlace NamePlace, VariableSource Source);

/// <summary>Where an axis' rows come from. <see cref="Id"/> is the row's `id` template, or null.</summary>
abstract record VariableSource(SourcePlace Place, ScalarNode? Id)
{
    /// <summary>The path or glob as it is written, if it stands alone; null if it stands in a map.</summary>
    public string? Alone { get; init; }
}

/// <summary>A CSV or TSV sheet. Null delimiter: recognised from the header. Null encoding: UTF-8, a BOM obeyed.</summary>
sealed record SheetSource(
    SourcePlace Place, ScalarNode? Id, SourceFile File, char? Delimiter, System.Text.Encoding? Encoding, int SkipRows)
    : VariableSource(Place, Id);

/// <summary>A glob: one row (id, name, path) per file, in natural order. <see cref="Folder"/> is the full path it starts from.</summary>
sealed record FilesSource(SourcePlace Place, ScalarNode? Id, string Pattern, string Folder) : VariableSource(Place, Id);

/// <summary>Values or maps in the manifest; a map may bring `request` fields.</summary>
sealed record ListSource(SourcePlace Place, ScalarNode? Id, ListNode Items) : VariableSource(Place, Id);

/// <summary>Which combinations are kept.</summary>
/// <param name="Where">One expression, or null for all.</param>
/// <param name="Exclude">Each drops the combinations that match all of its axes.</param>
/// <param name="Zip">Groups of axes paired by position.</param>
sealed record Matrix(ScalarNode? Where, IReadOnlyList<Exclusion> Exclude, IReadOnlyList<ZipGroup> Zip)
{
    public static Matrix All { get; } = new(null, [], []);
}

/// <summary>One `exclude`: for each axis named, the labels it matches.</summary>
sealed record Exclusion(SourcePlace Place, IReadOnlyList<ExcludedAxis> Axes);

/// <summary>An axis and its labels in an `exclude`.</summary>
sealed record ExcludedAxis(string Axis, SourcePlace AxisPlace, IReadOnlyList<ScalarNode> Labels);

/// <summary>Axes whose rows are paired by position.</summary>
sealed record ZipGroup(SourcePlace Place, IReadOnlyList<ScalarNode> Axes);

/// <summary>Words looked for before paying.</summary>
sealed record Screening(IReadOnlyList<ScalarNode> Deny, IReadOnlyList<ScalarNode> Warn);
