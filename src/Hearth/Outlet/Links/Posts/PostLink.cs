using Hearth.Channels;
using Hearth.Publishing;

namespace Hearth.Outlet;

/// <summary>The tracked link that one post carries.</summary>
internal sealed class PostLink
{
    /// <summary>People follow <c>/l/{slug}</c>.</summary>
    public required string Slug { get; init; }

    public required OfferId Offer { get; init; }

    public required MessageId Message { get; init; }

    public required ChannelAccountId Account { get; init; }

    /// <summary>As it was when the post was written, for the shop's own count.</summary>
    public required string Network { get; init; }

    /// <inheritdoc cref="Network"/>
    public required string AccountName { get; init; }
}
