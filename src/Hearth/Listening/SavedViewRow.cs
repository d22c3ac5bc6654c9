using Hearth.Governance;

namespace Hearth.Listening;

/// <summary>Filters under a name, with an address of their own.</summary>
internal sealed class SavedViewRow
{
    public required Guid Id { get; init; }

    /// <summary>Made of the first name, and kept when it is renamed: addresses that were passed on stay good.</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    /// <summary>The filters as an address carries them: <c>source=…&amp;by=week&amp;split=query</c>.</summary>
    public required string Filters { get; set; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}
