using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Rendering;

/// <summary>The arguments of the calls under way, one above the other, so that a call makes no list of its own.</summary>
sealed partial class Run
{
    Value[] scratch = new Value[64];
    int scratchTop;

    /// <summary>Room for a call's arguments, all unset.</summary>
    public int Reserve(int size, Node at)
    {
        var mark = scratchTop;
        if (mark + size > scratch.Length)
        {
            Charge(size, at);
            Array.Resize(ref scratch, (mark + size) * 2);
        }

        scratch.AsSpan(mark, size).Fill(Value.Unset);
        scratchTop = mark + size;
        return mark;
    }

    public void SetReserved(int index, Value value) => scratch[index] = value;

    public ReadOnlySpan<Value> Reserved(int mark, int size) => scratch.AsSpan(mark, size);

    public void Release(int mark, int size)
    {
        scratch.AsSpan(mark, size).Clear();
        scratchTop = mark;
    }

    /// <summary>Cuts what was written since a mark off the output, as a value.</summary>
    public Value TakeSince(int mark, Node at)
    {
        var length = Output.Length - mark;
        ChargeText(length, at);
        var text = length == 0 ? Value.EmptyText : Value.Of(Output.Since(mark).ToString());
        Output.CutTo(mark);
        return text;
    }

    void ClearScratch()
    {
        scratch.AsSpan(0, scratchTop).Clear();
        scratchTop = 0;
    }
}
