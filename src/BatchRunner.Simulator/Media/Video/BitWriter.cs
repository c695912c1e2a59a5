namespace BatchRunner.Simulator.Media.Video;

/// <summary>Bits of an H.264 payload, most significant first.</summary>
sealed class BitWriter
{
    readonly List<byte> bytes = new(4096);
    ulong pending;
    int pendingCount;

    /// <summary>Writes the low bits of a value, at most 32.</summary>
    public void Bits(uint value, int count)
    {
        pending = (pending << count) | value;
        pendingCount += count;
        while (pendingCount >= 8)
        {
            pendingCount -= 8;
            bytes.Add((byte)(pending >> pendingCount));
        }
    }

    public void Flag(bool value) => Bits(value ? 1u : 0u, 1);

    /// <summary>Exp-Golomb, unsigned: ue(v).</summary>
    public void Unsigned(uint value)
    {
        var length = 32 - System.Numerics.BitOperations.LeadingZeroCount(value + 1);
        Bits(0, length - 1);
        Bits(value + 1, length);
    }

    /// <summary>Exp-Golomb, signed: se(v).</summary>
    public void Signed(int value) => Unsigned(value > 0 ? (2u * (uint)value) - 1 : 2u * (uint)-value);

    /// <summary>Ends the payload and makes it a NAL unit, with emulation prevention.</summary>
    public byte[] ToNalUnit(byte header)
    {
        Bits(1, 1);
        if (pendingCount > 0)
        {
            Bits(0, 8 - pendingCount);
        }

        var unit = new List<byte>(bytes.Count + 16) { header };
        var zeros = 0;
        foreach (var value in bytes)
        {
            if (zeros == 2 && value <= 3)
            {
                unit.Add(3);
                zeros = 0;
            }

            unit.Add(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }

        return [.. unit];
    }
}
