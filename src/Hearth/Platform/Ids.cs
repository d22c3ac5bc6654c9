using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Platform;

/// <summary>A typed identifier around a UUIDv7 (RFC 9562, section 5.7). Stored as 16 bytes, written in JSON as its 36 characters.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

public static class Ids
{
    /// <summary>A new UUIDv7 whose leading 48 bits are <paramref name="at"/> in Unix milliseconds, so that ids sort by time of making.</summary>
    public static Guid New(DateTimeOffset at) => Guid.CreateVersion7(at);

    /// <summary>A new UUIDv7 of this moment.</summary>
    public static Guid New() => Guid.CreateVersion7();

    internal static T From<T>(Guid value) where T : struct, IId<T> => T.From(value);

    internal static bool IsId(Type type) => type.IsValueType
        && Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));
}

/// <summary>Writes every <see cref="IId{TSelf}"/> as the plain string of its UUID.</summary>
public sealed class IdJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => Ids.IsId(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T> where T : struct, IId<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.From(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            T.From(Guid.Parse(reader.GetString()!));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.Value.ToString());
    }
}
