using System.Net.Mail;
using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>How far a claim has come.</summary>
public enum ClaimState
{
    /// <summary>A unit is kept until a time.</summary>
    Held,

    /// <summary>The person has a code.</summary>
    Claimed,

    /// <summary>The code was used at the shop.</summary>
    Redeemed,

    /// <summary>The person gave it back.</summary>
    Released,

    /// <summary>The hold ran out.</summary>
    Expired,
}

internal sealed class Claim
{
    public required ClaimId Id { get; init; }

    public required OfferId Offer { get; init; }

    public required VisitorId Visitor { get; init; }

    /// <summary>Where the person can be reached: an e-mail address in lower case, or "@handle".</summary>
    public required string Contact { get; init; }

    public ClaimState State { get; set; }

    public required DateTimeOffset HeldAt { get; init; }

    /// <summary>First instant at which the hold is over.</summary>
    public required DateTimeOffset Until { get; init; }

    public string? Code { get; set; }

    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>When it was redeemed, given back, or found to have run out.</summary>
    public DateTimeOffset? OverAt { get; set; }

    /// <summary>The till's own name for the sale that used the code.</summary>
    public string? Sale { get; set; }
}

/// <summary>Where somebody who claims can be reached.</summary>
public static class Contact
{
    /// <summary>An e-mail address or a handle that begins with @, as it is stored; null when it is neither.</summary>
    public static string? Normal(string? typed)
    {
        var text = typed?.Trim().ToLowerInvariant() ?? "";
        if (text.Length is < 3 or > 254 || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) return null;
        if (text[0] == '@') return text.LastIndexOf('@') <= text.Length - 2 ? text : null;
        return MailAddress.TryCreate(text, out var mail) && mail.Address == text && mail.Host.Contains('.', StringComparison.Ordinal) ? text : null;
    }
}
