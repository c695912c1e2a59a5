using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BatchRunner.Simulator.Accounts;

/// <summary>Chance by seed and name: the same question has the same answer, in whatever order it is asked.</summary>
sealed class Dice(long seed)
{
    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Unit(string question) =>
        (BinaryPrimitives.ReadUInt64BigEndian(Roll(question)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A version 4 uuid.</summary>
    public string Uuid(string question)
    {
        var bytes = Roll(question).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>32 bytes that look like chance, for signatures.</summary>
    public byte[] Roll(string question) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{question}"));
}
