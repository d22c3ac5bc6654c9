namespace Hearth.Ideas.DoubleDippers;

/// <summary>Domains that give anybody a mail box for minutes. A short list of our own; a board adds what it meets.</summary>
internal static class ThrowAwayMail
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "10minutemail.com", "10minutemail.net", "20minutemail.com", "anonbox.net", "burnermail.io", "byom.de", "discard.email", "dispostable.com", "emailondeck.com", "fakeinbox.com",
        "fakemail.net", "getairmail.com", "getnada.com", "grr.la", "guerrillamail.biz", "guerrillamail.com", "guerrillamail.de", "guerrillamail.info", "guerrillamail.net", "guerrillamail.org",
        "inboxkitten.com", "incognitomail.org", "jetable.org", "mailcatch.com", "maildrop.cc", "mailexpire.com", "mailinator.com", "mailinator.net", "mailnesia.com", "mailnull.com",
        "mailsac.com", "mailtemp.net", "mintemail.com", "moakt.com", "mohmal.com", "mytemp.email", "mytrashmail.com", "nada.email", "nospamfor.us", "owlymail.com",
        "pokemail.net", "sharklasers.com", "spam4.me", "spambox.us", "spamgourmet.com", "spoofmail.de", "temp-mail.io", "temp-mail.org", "tempail.com", "tempinbox.com",
        "tempmail.com", "tempmail.dev", "tempmailo.com", "tempr.email", "throwawaymail.com", "tmail.ws", "tmpmail.net", "tmpmail.org", "trash-mail.com", "trashmail.com",
        "trashmail.de", "trashmail.net", "wegwerfemail.de", "wegwerfmail.de", "yopmail.com", "yopmail.fr", "yopmail.net", "zeroe.ml",
    };

    /// <summary>True for an address at such a domain, or below it.</summary>
    /// <param name="email">Any text.</param>
    /// <param name="more">Domains that the board added.</param>
    public static bool Is(string? email, IReadOnlyCollection<string> more)
    {
        for (var domain = email is { } e && e.LastIndexOf('@') is >= 0 and var at ? e[(at + 1)..] : ""; domain.Contains('.', StringComparison.Ordinal); domain = domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if (Known.Contains(domain) || more.Contains(domain, StringComparer.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
