using Hearth.Ideas.Moderation;

namespace Hearth.App.Public.Ideas;

/// <summary>The reasons that a person can choose for taking something down.</summary>
internal static class Reasons
{
    public static IEnumerable<(string, string)> Options => Enum.GetValues<RemovalReason>().Where(r => r != RemovalReason.Author).Select(r => (r.ToString(), Sentence(r)));

    /// <summary>What was chosen; <see cref="RemovalReason.Author"/>, which nobody may give, when it was nothing.</summary>
    public static RemovalReason Read(string? chosen) => Enum.TryParse<RemovalReason>(chosen, out var why) && Enum.IsDefined(why) ? why : RemovalReason.Author;

    /// <summary>The reason as it begins a line: "Somebody's private data".</summary>
    public static string Sentence(RemovalReason why) => char.ToUpperInvariant(why.Words()[0]) + why.Words()[1..];

    /// <summary>Of how many: "idea", "ideas".</summary>
    public static string Of(RemovedKind kind, int count) => Shared.Words.Count(count, kind switch { RemovedKind.Idea => "idea", RemovedKind.Comment => "comment", _ => "image" });
}
