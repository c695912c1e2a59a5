using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Requests;

/// <summary>A part of a request as it was written, all layers laid over one another, its templates parsed.</summary>
abstract record RequestNode(SourcePlace Place)
{
    /// <summary>Whether anything below has code: what has none is never left out with its templates.</summary>
    public abstract bool HasCode { get; }
}

/// <summary>A text, number or truth value; <see cref="Text"/> is null if it is no text.</summary>
sealed record RequestScalar(ScalarNode Node, TemplateText? Text) : RequestNode(Node.Place)
{
    public override bool HasCode { get; } = Text is { Template.IsPlainText: false };
}

/// <summary>Nothing was written.</summary>
sealed record RequestNothing(SourcePlace Place) : RequestNode(Place)
{
    public override bool HasCode => false;
}

sealed record RequestList(SourcePlace Place, IReadOnlyList<RequestNode> Items) : RequestNode(Place)
{
    public override bool HasCode { get; } = Items.Any(item => item.HasCode);
}

sealed record RequestMap(SourcePlace Place, IReadOnlyList<RequestField> Fields) : RequestNode(Place)
{
    public override bool HasCode { get; } = Fields.Any(field => field.Value.HasCode);

    public RequestField? this[string name] => Fields.FirstOrDefault(field => field.Name == name);
}

/// <summary>A field with what was written for it.</summary>
sealed record RequestField(string Name, SourcePlace NamePlace, RequestNode Value);
