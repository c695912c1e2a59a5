using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary>What a value answers to a name.</summary>
static class Members
{
    public static bool TryGet(Run run, Value owner, string name, out Value value)
    {
        switch (owner.Reference)
        {
            case TemplateMap map:
                var isThere = map.TryGet(name, out var data);
                value = isThere ? Value.FromData(data) : Value.Null;
                return isThere;
            case MapValue map:
                return map.TryGet(name, out value);
            case TemplateRow row:
                var column = row.Columns.IndexOf(name);
                value = column >= 0 ? Value.FromData(row.Values[column]) : Value.Null;
                return column >= 0;
            case Library library:
                return library.TryGetFunction(run, name, out value);
            case GlobalScope scope:
                var isKnown = scope.Run.TryFind(name, out value);
                value = Variable.Whole(value);
                return isKnown;
            case ListValue { Members: { } members } when members.TryGet(name, out value):
                return true;
        }

        return TryGetProperty(owner, name, out value);
    }

    static bool TryGetProperty(Value owner, string name, out Value value)
    {
        var found = owner.Kind switch
        {
            Kind.Date => DateFunctions.PartOf(owner.Date, name),
            Kind.Span => TimeSpanFunctions.PartOf(owner.Span, name),
            _ => name == "size" && Elements.Count(owner) is { } count ? Value.Of(count) : null,
        };
        value = found ?? Value.Null;
        return found is not null;
    }

    /// <summary>A member that is not there: null as in Scriban, or a mistake under the rules for batches.</summary>
    public static Value Missing(Run run, Value owner, string name, PathExpression at, int nameStart, bool isGuarded)
    {
        if (owner.Reference is Library library)
        {
            throw RenderProblems.UnknownFunction(at, library, name);
        }

        if (!run.IsStrict || (isGuarded && !(owner.Kind == Kind.DataMap && at is Member or Indexer { Key: Literal })))
        {
            return Value.Null;
        }

        throw at is Indexer ? RenderProblems.UnknownKey(at, nameStart, owner, name, Names(run, owner))
            : RenderProblems.UnknownMember(at, nameStart, owner, name, Names(run, owner));
    }

    public static void Set(Run run, Value owner, string name, Value value, Node at)
    {
        run.Charge(4, at);
        switch (owner.Reference)
        {
            case MapValue map when !ReferenceEquals(map, Library.EmptyObject):
                SetIn(run, map, name, value, at);
                break;
            case ListValue list:
                SetIn(run, list.Members ??= new MapValue(), name, value, at);
                break;
            case GlobalScope:
                run.WriteGlobal(name, value, at);
                break;
            case Library { Name: "date" } when name == "format":
                run.DateFormat = Printer.ToText(run, value, at);
                break;
            case null:
                throw RenderProblems.SetOnNull(at, name);
            default:
                throw RenderProblems.CannotChange(at, owner, name);
        }
    }

    static void SetIn(Run run, MapValue map, string name, Value value, Node at)
    {
        if (map.IsLocked(name))
        {
            throw RenderProblems.ReadOnly(at, name);
        }

        if (map.Count >= run.Limits.ListLength && !map.TryGet(name, out _))
        {
            throw RenderProblems.ListTooLong(at, map.Count + 1, run.Limits.ListLength);
        }

        map[name] = value;
    }

    public static void Lock(Value owner, string name, Node at)
    {
        if (owner.Reference is MapValue map && !ReferenceEquals(map, Library.EmptyObject))
        {
            map.Lock(name);
        }
        else
        {
            throw RenderProblems.CannotChange(at, owner, name);
        }
    }

    /// <summary>The names a value answers to, in order.</summary>
    public static IEnumerable<string> Names(Run run, Value owner) => owner.Reference switch
    {
        TemplateMap map => map.Keys,
        MapValue map => map.Keys,
        TemplateRow row => row.Columns.Names,
        Library library => library.FunctionNames,
        GlobalScope => run.GlobalNames(),
        ListValue { Members: { } members } => members.Keys,
        _ => owner.Kind switch
        {
            Kind.Date => DateFunctions.Parts,
            Kind.Span => TimeSpanFunctions.Parts,
            Kind.List or Kind.DataList or Kind.Range or Kind.Text or Kind.Cell => ["size"],
            _ => [],
        },
    };

    /// <summary>Every member of an object.</summary>
    public static List<(string Name, Value Value)> All(Run run, Value owner, Node at)
    {
        var names = Names(run, owner).ToList();
        run.Charge(names.Count + 4L, at);
        var all = new List<(string, Value)>(names.Count);
        foreach (var name in names)
        {
            if (TryGet(run, owner, name, out var value))
            {
                all.Add((name, value));
            }
        }

        return all;
    }

    /// <summary>The members of an object as a list of <c>{ key, value }</c>.</summary>
    public static Value Pairs(Run run, Value owner, Node at)
    {
        var all = All(run, owner, at);
        run.ChargeList(all.Count, at);
        run.Charge(all.Count * 10L, at);
        var list = new ListValue(all.Count);
        foreach (var (name, value) in all)
        {
            list.Add(Value.Of(new MapValue { ["key"] = Value.Of(name), ["value"] = value }));
        }

        return Value.Of(list);
    }

    /// <summary>How many members an object has, or null if the value is none.</summary>
    public static int? Count(Run run, Value owner) => owner.Reference switch
    {
        TemplateMap map => map.Keys.Count,
        MapValue map => map.Count,
        TemplateRow row => row.Columns.Names.Count,
        Library library => library.FunctionNames.Count,
        GlobalScope => run.GlobalNames().Count(),
        _ => null,
    };

    /// <summary>Whether there is nothing in it; null if that makes no sense of the value.</summary>
    public static bool? IsEmpty(Value value) => value.Reference switch
    {
        TemplateMap map => map.Keys.Count == 0,
        MapValue map => map.Count == 0,
        TemplateRow => false,
        _ => Elements.Count(value) is { } count ? count == 0 : null,
    };
}
