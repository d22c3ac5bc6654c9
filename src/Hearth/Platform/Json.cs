using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Platform;

public static class Json
{
    /// <summary>How Hearth writes JSON everywhere: camel case, enums as camel-case words, ids as plain UUIDs, unknown enum words refused.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new IdJson());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }
}
