namespace Hearth.Channels.Bluesky;

/// <summary>
/// Finds blocks in a CAR, version 1 (ipld.io/specs/transport/car/carv1): a length and a header, then sections of a length, a CID and the block's bytes. Lengths are unsigned LEB128.
/// The hash of a block is not computed anew: the bytes came from the server whose word for the hash it would be.
/// </summary>
internal static class Car
{
    /// <summary>CIDv1, dag-cbor, sha2-256 of 32 bytes: the only kind a repository holds records under (atproto.com/specs/repository).</summary>
    public const int CidLength = 36;

    /// <summary>The bytes of the block with the CID; empty when the CAR is without it or broken.</summary>
    public static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> car, ReadOnlySpan<byte> cid)
    {
        var at = 0;
        if (!Length(car.Span, ref at, out var header)) return default;
        at += header;
        while (at < car.Length)
        {
            if (!Length(car.Span, ref at, out var section)) return default;
            if (section >= CidLength && car.Span.Slice(at, CidLength).SequenceEqual(cid)) return car.Slice(at + CidLength, section - CidLength);
            at += section;
        }

        return default;
    }

    private static bool Length(ReadOnlySpan<byte> bytes, ref int at, out int length)
    {
        length = 0;
        for (var shift = 0; shift < 32 && at < bytes.Length; shift += 7)
        {
            var b = bytes[at++];
            if (shift == 28 && b > 7) return false;
            length |= (b & 0x7F) << shift;
            if ((b & 0x80) == 0) return length <= bytes.Length - at;
        }

        return false;
    }
}
