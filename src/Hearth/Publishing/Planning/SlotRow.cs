using Hearth.Channels;
using Hearth.Governance;

namespace Hearth.Publishing;

/// <summary>The slots of an account. Whoever gives a post one of them holds this row until it is kept, so that nobody else finds the same one free.</summary>
internal sealed class SlotRow
{
    public required ChannelAccountId Account { get; init; }

    /// <summary>IANA ("Europe/Berlin").</summary>
    public required string Zone { get; set; }

    /// <summary>JSON of <see cref="WeekSlot"/>.</summary>
    public required string Slots { get; set; }

    public required int Version { get; set; }

    public required UserId By { get; set; }

    public required string ByName { get; set; }

    public required DateTimeOffset At { get; set; }
}
