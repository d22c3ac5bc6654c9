using System.Formats.Cbor;
using System.Text.Json;

namespace Hearth.Channels.Bluesky;

/// <summary>Writes DAG-CBOR as the JSON that AT Protocol gives for it (atproto.com/specs/data-model): a link is {"$link"}, bytes are {"$bytes"}.</summary>
internal static class DagCbor
{
    /// <summary>A tag for links in DAG-CBOR (ipld.io/specs/codecs/dag-cbor/spec).</summary>
    public const CborTag Link = (CborTag)42;

    private const int MostLevels = 64;

    /// <exception cref="CborContentException">It is no CBOR, or something that DAG-CBOR does not have.</exception>
    public static void ToJson(CborReader cbor, Utf8JsonWriter json, int level = 0)
    {
        if (level > MostLevels) throw new CborContentException("nested too deeply");
        switch (cbor.PeekState())
        {
            case CborReaderState.StartMap:
                cbor.ReadStartMap();
                json.WriteStartObject();
                while (cbor.PeekState() != CborReaderState.EndMap)
                {
                    json.WritePropertyName(cbor.ReadTextString());
                    ToJson(cbor, json, level + 1);
                }

                cbor.ReadEndMap();
                json.WriteEndObject();
                break;
            case CborReaderState.StartArray:
                cbor.ReadStartArray();
                json.WriteStartArray();
                while (cbor.PeekState() != CborReaderState.EndArray) ToJson(cbor, json, level + 1);
                cbor.ReadEndArray();
                json.WriteEndArray();
                break;
            case CborReaderState.TextString: json.WriteStringValue(cbor.ReadTextString()); break;
            case CborReaderState.UnsignedInteger: json.WriteNumberValue(cbor.ReadUInt64()); break;
            case CborReaderState.NegativeInteger: json.WriteNumberValue(cbor.ReadInt64()); break;
            case CborReaderState.Boolean: json.WriteBooleanValue(cbor.ReadBoolean()); break;
            case CborReaderState.DoublePrecisionFloat: json.WriteNumberValue(cbor.ReadDouble()); break;
            case CborReaderState.Null:
                cbor.ReadNull();
                json.WriteNullValue();
                break;
            case CborReaderState.Tag:
                json.WriteStartObject();
                json.WriteString("$link", Cid(cbor));
                json.WriteEndObject();
                break;
            case CborReaderState.ByteString:
                json.WriteStartObject();
                json.WriteBase64String("$bytes", cbor.ReadByteString());
                json.WriteEndObject();
                break;
            default: throw new CborContentException("no DAG-CBOR");
        }
    }

    /// <summary>The bytes of a link, without the zero that stands before them (the multibase of binary).</summary>
    public static byte[] CidBytes(CborReader cbor)
    {
        if (cbor.ReadTag() != Link || cbor.ReadByteString() is not [0, .. var cid]) throw new CborContentException("no link");
        return cid;
    }

    /// <summary>How a CID is written: 'b' and base32 (RFC 4648, small letters, no padding).</summary>
    public static string Write(ReadOnlySpan<byte> cid)
    {
        const string alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        var text = new System.Text.StringBuilder("b", (cid.Length * 8 + 4) / 5 + 1);
        var (bits, buffer) = (0, 0);
        foreach (var b in cid)
        {
            buffer = buffer << 8 | b;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(alphabet[buffer >> bits - 5 & 31]);
            buffer &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(alphabet[buffer << 5 - bits & 31]).ToString() : text.ToString();
    }

    private static string Cid(CborReader cbor) => Write(CidBytes(cbor));
}
