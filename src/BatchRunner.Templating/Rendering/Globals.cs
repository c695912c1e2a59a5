using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Rendering;

/// <summary>The global names of a render: loop variables, objects opened by <c>with</c>, what was assigned, the model, the built-ins.</summary>
sealed partial class Run
{
    static readonly TemplateModel emptyModel = new();

    readonly List<Value> opened = [];
    Symbols symbols = new();
    Value[] slots = [];
    SlotState[] states = [];
    Dictionary<string, Value>? others;
    HashSet<string>? locked;

    enum SlotState : byte
    {
        Empty,
        Assigned,
        FromModel,
        Loop,
    }

    /// <summary>A global, by its slot.</summary>
    public Value ReadGlobal(Variable variable)
    {
        if (opened.Count == 0 && states[variable.Slot] != SlotState.Empty)
        {
            return slots[variable.Slot];
        }

        return TryFind(variable.Name, variable.Slot, out var value)
            ? value
            : throw RenderProblems.UnknownVariable(variable, KnownNames());
    }

    public bool Exists(Variable variable) => TryFind(variable.Name, variable.Slot, out _);

    /// <summary>A global by its name, for <c>this["x"]</c>.</summary>
    public bool TryFind(string name, out Value value) =>
        TryFind(name, symbols.TryGet(name, out var slot) ? slot : -1, out value);

    bool TryFind(string name, int slot, out Value value)
    {
        var state = slot < 0 ? SlotState.Empty : states[slot];
        if (state == SlotState.Loop)
        {
            value = slots[slot];
            return true;
        }

        for (var i = opened.Count - 1; i >= 0; i--)
        {
            if (Members.TryGet(this, opened[i], name, out value))
            {
                return true;
            }
        }

        if (state != SlotState.Empty)
        {
            value = slots[slot];
            return true;
        }

        if (others is not null && others.TryGetValue(name, out value))
        {
            return true;
        }

        if (model.TryGet(name, out var data))
        {
            value = Value.FromData(data);
        }
        else if (!Library.TryGet(name, out value))
        {
            return false;
        }

        if (slot >= 0)
        {
            slots[slot] = value;
            states[slot] = SlotState.FromModel;
        }

        return true;
    }

    /// <summary>Writes a global, into the object opened by <c>with</c> if there is one.</summary>
    public void WriteGlobal(string name, Value value, Node at)
    {
        if (opened.Count > 0)
        {
            Members.Set(this, opened[^1], name, value, at);
            return;
        }

        if (locked is not null && locked.Contains(name))
        {
            throw RenderProblems.ReadOnly(at, name);
        }

        if (symbols.TryGet(name, out var slot))
        {
            slots[slot] = value;
            states[slot] = SlotState.Assigned;
        }
        else
        {
            others ??= new(StringComparer.Ordinal);
            if (others.Count >= Limits.ListLength)
            {
                throw RenderProblems.ListTooLong(at, others.Count + 1, Limits.ListLength);
            }

            others[name] = value;
        }
    }

    public void Lock(string name, Node at)
    {
        if (opened.Count > 0)
        {
            Members.Lock(opened[^1], name, at);
        }
        else
        {
            (locked ??= new(StringComparer.Ordinal)).Add(name);
        }
    }

    public bool IsLocked(string name) => opened.Count > 0
        ? opened[^1].Reference is MapValue map && map.IsLocked(name)
        : locked is not null && locked.Contains(name);

    /// <summary>Puts a loop variable in place and gives what must be put back after the loop.</summary>
    public (Value Value, byte State) PushLoopVariable(int slot)
    {
        var saved = (slots[slot], (byte)states[slot]);
        states[slot] = SlotState.Loop;
        return saved;
    }

    public void SetLoopVariable(int slot, Value value)
    {
        slots[slot] = value;
        states[slot] = SlotState.Loop;
    }

    public void PopLoopVariable(int slot, (Value Value, byte State) saved)
    {
        slots[slot] = saved.Value;
        states[slot] = (SlotState)saved.State;
    }

    public void Open(Value target, Node at)
    {
        if (opened.Count >= Limits.Recursion)
        {
            throw RenderProblems.TooDeepCalls(at, Limits.Recursion);
        }

        opened.Add(target);
    }

    public void Close() => opened.RemoveAt(opened.Count - 1);

    public Value This => opened.Count > 0 ? opened[^1] : Value.Of(new GlobalScope(this));

    /// <summary>Every global name that was assigned or came with the model.</summary>
    public IEnumerable<string> GlobalNames()
    {
        // No node to blame here: the next step notices if this was the last.
        steps = Math.Max(0, steps - 30);
        var assigned = symbols.Names.Where((_, slot) => states[slot] is SlotState.Assigned or SlotState.Loop);
        return model.Names.Concat(assigned).Concat(others?.Keys ?? Enumerable.Empty<string>()).Distinct(StringComparer.Ordinal);
    }

    IEnumerable<string> KnownNames() => GlobalNames().Concat(Library.Names);

    void UseSymbols(Symbols used)
    {
        symbols = used;
        if (slots.Length < used.Count)
        {
            slots = new Value[Math.Max(16, used.Count)];
            states = new SlotState[slots.Length];
        }

        Frame = used.LocalCount == 0 ? noFrame : new Frame { Locals = Frame.NewNames(used.LocalCount) };
    }

    static readonly Frame noFrame = new();

    void ClearGlobals()
    {
        Array.Clear(slots);
        Array.Clear(states);
        opened.Clear();
        others = null;
        locked = null;
        symbols = noSymbols;
        Frame = noFrame;
    }

    static readonly Symbols noSymbols = new();
}
