using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hearth.Platform;

namespace Hearth.App.Hosting;

/// <summary>
/// How bodies of requests are read. What a record says may not be null must be there and not be null: a request that leaves it out is told so, instead of failing
/// where the value is first used. What may be null, or has a default, may be left out.
/// </summary>
internal static class RequestBodies
{
    public static void Configure(JsonSerializerOptions options)
    {
        Json.Configure(options).NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatMayNotBeNull } };
    }

    private static void RequireWhatMayNotBeNull(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            if (property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false } parameter && !parameter.ParameterType.IsValueType) property.IsRequired = true;
        }
    }
}
