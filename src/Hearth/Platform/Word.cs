using System.Text.Json;

namespace Hearth.Platform;

/// <summary>
/// An enum in an address (<c>?view=waitingForUs</c>), written as in JSON and read in any case. The framework by itself reads only the case of the
/// program's source, and takes numbers.
/// </summary>
public readonly record struct Word<T>(T Value) where T : struct, Enum
{
    public static bool TryParse(string? text, out Word<T> word)
    {
        word = default;
        if (string.IsNullOrEmpty(text) || !text.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetter(text[0]) || !Enum.TryParse<T>(text, ignoreCase: true, out var value) || !Enum.IsDefined(value)) return false;
        word = new(value);
        return true;
    }

    public override string ToString() => JsonNamingPolicy.CamelCase.ConvertName(Value.ToString());
}
