using System.Diagnostics.CodeAnalysis;
using Hearth.Governance;

namespace Hearth.Conversations;

/// <summary>Who does something with a conversation: a person of the brand, or a rule, a policy or a macro that they made.</summary>
/// <param name="Id">The person; null when nobody did it by hand.</param>
/// <param name="Name">As the timeline shows it: "Ada Brandt", "Rule 4, version 2".</param>
/// <param name="Why">Where the reason can be read, below the console's root ("/engage/rules/4"); null for a person, who can be asked.</param>
public sealed record Doer(UserId? Id, string Name, string? Why = null)
{
    /// <summary>Where rules stand in the console; the <see cref="Why"/> of every rule begins so.</summary>
    public const string Rules = "/engage/rules/";

    /// <summary>What Hearth does by itself: a snooze that ends.</summary>
    public static readonly Doer Hearth = new(null, "Hearth");

    [return: NotNullIfNotNull(nameof(by))]
    public static implicit operator Doer?(Actor? by) => by is null ? null : new(by.Id, by.Name);
}
