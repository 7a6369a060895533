using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CxOrchestrator.Plugins.Installed.Packages;

/// <summary>
/// The hash of an archive as it was before its signature was put in: without the signature's own bytes and its line in the
/// archive's directory, with the places of all that comes after moved back. Layout: PKWARE's APPNOTE, 4.3.7, 4.3.12 and 4.3.16.
/// </summary>
internal static class UnsignedArchive
{
    private const uint EndMark = 0x06054b50;
    private const uint DirectoryMark = 0x02014b50;
    private const uint LocalMark = 0x04034b50;
    private const int EndLength = 22;
    private const int DirectoryLength = 46;
    private const int LocalLength = 30;
    private const int MaxComment = 65_535;

    /// <exception cref="InvalidDataException">The archive isn't laid out as NuGet lays out a signed package.</exception>
    public static byte[] Hash(string file, HashAlgorithmName algorithm)
    {
        var bytes = File.ReadAllBytes(file);
        var end = EndOf(bytes);
        var records = Records(bytes, end);
        var signatures = records.Where(record => record.Name == PackageRoot.SignatureFile).ToList();
        if (signatures is not [var signature])
            throw new InvalidDataException("the package does not have exactly one signature");
        var gap = LocalEntryLength(bytes, signature);

        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(bytes.AsSpan(0, signature.LocalAt));
        var after = signature.LocalAt + gap;
        hash.AppendData(Part(bytes, after, records[0].At - after));
        foreach (var record in records.Where(record => record != signature))
            hash.AppendData(Moved(Part(bytes, record.At, record.Length), 42, record.LocalAt > signature.LocalAt ? gap : 0));
        hash.AppendData(EndWithout(bytes, end, signature, gap));
        return hash.GetHashAndReset();
    }

    private static int EndOf(byte[] bytes)
    {
        for (var at = bytes.Length - EndLength; at >= 0 && at >= bytes.Length - EndLength - MaxComment; at--)
        {
            if (U32(bytes, at) == EndMark && at + EndLength + U16(bytes, at + 20) == bytes.Length)
                return at;
        }

        throw new InvalidDataException("the end of the archive can't be found");
    }

    private static List<Record> Records(byte[] bytes, int end)
    {
        var records = new List<Record>();
        var at = Place(U32(bytes, end + 16));
        for (var left = U16(bytes, end + 10); left > 0; left--)
        {
            var head = Part(bytes, at, DirectoryLength);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) != DirectoryMark)
                throw new InvalidDataException("the directory of the archive is damaged");
            var name = U16(head, 28);
            var length = DirectoryLength + name + U16(head, 30) + U16(head, 32);
            records.Add(new Record(
                at, length, Place(U32(head, 42)), Place(U32(head, 20)), U16(head, 8), Encoding.UTF8.GetString(Part(bytes, at + DirectoryLength, name))));
            at += length;
        }

        return records.Count > 0 && at == end ? records : throw new InvalidDataException("the directory of the archive is damaged, or of the 64-bit kind, which can't be signed");
    }

    private static int LocalEntryLength(byte[] bytes, Record signature)
    {
        var head = Part(bytes, signature.LocalAt, LocalLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(head) != LocalMark || (signature.Flags & 0x8) != 0)
            throw new InvalidDataException("the signature's entry is not laid out as it must be");
        return LocalLength + U16(head, 26) + U16(head, 28) + signature.DataLength;
    }

    private static byte[] EndWithout(byte[] bytes, int end, Record signature, int gap)
    {
        var copy = bytes.AsSpan(end).ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan(8), (ushort)(U16(copy, 8) - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan(10), (ushort)(U16(copy, 10) - 1));
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(12), U32(copy, 12) - (uint)signature.Length);
        return Moved(copy, 16, gap);
    }

    private static byte[] Moved(ReadOnlySpan<byte> record, int field, int by)
    {
        var copy = record.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(field), U32(copy, field) - (uint)by);
        return copy;
    }

    private static ReadOnlySpan<byte> Part(byte[] bytes, int at, int length) =>
        at >= 0 && length >= 0 && at <= bytes.Length - length ? bytes.AsSpan(at, length) : throw new InvalidDataException("the archive is cut short");

    private static int Place(uint value) => value <= int.MaxValue ? (int)value : throw new InvalidDataException("the archive is of the 64-bit kind, which can't be signed");

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    /// <summary>One line of the archive's directory.</summary>
    private sealed record Record(int At, int Length, int LocalAt, int DataLength, int Flags, string Name);
}
