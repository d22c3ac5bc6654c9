using Hearth.Platform;

namespace Hearth.Ideas;

/// <summary>What a move says beside its reason.</summary>
/// <param name="Place">Where it is to be had: an http or https address of at most 500 characters, or a path of this site. Needed for a move to already offered, possible for implemented ones.</param>
/// <param name="Due">The day it is planned for: today or later, within ten years. Only for a move to planned, and never needed.</param>
public sealed record MoveDetails(string? Place, DateOnly? Due)
{
    internal IEnumerable<FieldError> Errors(IdeaStatus to, DateTimeOffset now)
    {
        if (Place is null && to == IdeaStatus.AlreadyOffered) yield return new("place", "must say where it is offered: an address that everybody can open");
        if (Place is not null && to != IdeaStatus.AlreadyOffered && !to.IsImplemented()) yield return new("place", "is only for what is offered or implemented");
        if (Place is not null && !IsAddress(Place)) yield return new("place", $"must be an http or https address of at most {MoveIdea.MaxPlace} characters, or a path of this site that begins with /");
        if (Due is not null && to != IdeaStatus.Planned) yield return new("due", "is only for what is planned");
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (Due is { } due && (due < today || due > today.AddYears(10))) yield return new("due", "must be today or later, within ten years");
    }

    private static bool IsAddress(string place)
    {
        if (place.Length > MoveIdea.MaxPlace || place.Any(char.IsControl) || place.Contains(' ')) return false;
        if (place.StartsWith('/')) return !place.StartsWith("//", StringComparison.Ordinal) && !place.Contains('\\');
        return Uri.TryCreate(place, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
    }
}
