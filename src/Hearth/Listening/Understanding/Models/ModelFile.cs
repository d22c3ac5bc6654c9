using System.IO.Compression;
using System.Security.Cryptography;
using Hearth.Channels.Files;

namespace Hearth.Listening.Understanding.Models;

/// <summary>
/// A model as bytes: "HEARTHMODEL", the version of the format and of the features, the SHA-256 of what follows, then, packed by Brotli, the classes and their calibration, each bucket that counts with its idf and its weights in half
/// precision, and of mismatches what is overruled. A model reads the same after it was kept as before.
/// </summary>
internal static class ModelFile
{
    /// <summary>Raised whenever <see cref="TextFeatures"/> or the lexicon's numbers mean something else: an older model would read nonsense.</summary>
    private const int Features = 1;

    private const int MostClasses = 1_000;
    private static readonly byte[] Magic = "HEARTHMODEL"u8.ToArray();

    public static void Save(TextModel model, Stream to)
    {
        to.Write(Magic);
        to.WriteByte(1);
        to.WriteByte(Features);
        using var body = new MemoryStream();
        using (var packed = new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true)) Write(model, packed);
        to.Write(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)));
        body.WriteTo(to);
    }

    private static void Write(TextModel model, Stream packed)
    {
        using var write = new BinaryWriter(packed, System.Text.Encoding.UTF8, leaveOpen: true);
        var (bits, table, dense, intercept) = model.Parts;
        write.Write((byte)model.Task);
        write.Write(model.IsSeveral);
        write.Write((byte)bits);
        write.Write(model.Classes.Count);
        foreach (var name in model.Classes) write.Write(name);
        foreach (var numbers in (float[][])[model.Stretch, model.Move, model.Lean, intercept, dense])
        {
            foreach (var number in numbers) write.Write(number);
        }

        var stride = model.Classes.Count + 1;
        var last = -1;
        for (var bucket = 0; bucket < 1 << bits; bucket++)
        {
            if (table[bucket * stride] == 0) continue;
            write.Write7BitEncodedInt(bucket - last); // above 0
            last = bucket;
            for (var i = 0; i < stride; i++) write.Write((Half)table[bucket * stride + i]);
        }

        write.Write7BitEncodedInt(0);
        if (model.Task != ModelTask.Mismatches) return;
        write.Write7BitEncodedInt(model.Overruled.Count);
        foreach (var name in model.Overruled) write.Write(name);
    }

    /// <exception cref="UnreadableFileException">It is no model, or one of another version.</exception>
    public static TextModel Load(Stream from)
    {
        var head = new byte[Magic.Length + 2];
        if (from.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan(0, Magic.Length).SequenceEqual(Magic)) throw new UnreadableFileException("This is no model of Hearth's.");
        if (head[^2] != 1 || head[^1] != Features) throw new UnreadableFileException("This model was made by another version of Hearth; train it again.");
        try
        {
            var sum = new byte[SHA256.HashSizeInBytes];
            from.ReadExactly(sum);
            using var body = new MemoryStream();
            from.CopyTo(body);
            body.Position = 0;
            if (!SHA256.HashData(body).AsSpan().SequenceEqual(sum)) throw new InvalidDataException("its checksum is wrong.");
            body.Position = 0;
            using var packed = new BrotliStream(body, CompressionMode.Decompress);
            using var read = new BinaryReader(packed);
            return Read(read);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or IndexOutOfRangeException or FormatException or InvalidOperationException)
        {
            throw new UnreadableFileException("The model is damaged: " + e.Message);
        }
    }

    private static TextModel Read(BinaryReader read)
    {
        var (task, isSeveral, bits, count) = ((ModelTask)read.ReadByte(), read.ReadBoolean(), read.ReadByte(), read.ReadInt32());
        if (!Enum.IsDefined(task) || bits is < 8 or > 24 || count is < 1 or > MostClasses) throw new InvalidDataException("its head makes no sense.");
        var classes = Enumerable.Range(0, count).Select(_ => read.ReadString()).ToList();
        var (stretch, move, lean, intercept, dense) = (Numbers(count), Numbers(count), Numbers(count), Numbers(count), Numbers(count * TextFeatures.DenseCount));
        var table = new float[(1 << bits) * (count + 1)];
        for (var bucket = -1; read.Read7BitEncodedInt() is var step && step != 0;)
        {
            bucket += step;
            for (var i = 0; i <= count; i++) table[bucket * (count + 1) + i] = (float)read.ReadHalf();
        }

        var model = new TextModel(task, classes, isSeveral, bits, table, dense, intercept, stretch, move, lean);
        return task == ModelTask.Mismatches ? model.Overruling([.. Enumerable.Range(0, read.Read7BitEncodedInt()).Select(_ => read.ReadString())]) : model;

        float[] Numbers(int many) => [.. Enumerable.Range(0, many).Select(_ => read.ReadSingle())];
    }
}
