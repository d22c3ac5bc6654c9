using Hearth.App.Hosting;
using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;

namespace Hearth.App.Public.Account;

/// <summary>The ways in that this server can offer now.</summary>
/// <param name="Site">The address that stands in mailed links; null when mail cannot be offered.</param>
/// <param name="Buttons">Providers of single sign-on.</param>
/// <param name="TakesGuests">True when somebody without an account may take part in the board.</param>
/// <param name="GuestVotes">What their vote weighs, in thousandths.</param>
public sealed record WaysIn(string? Site, IReadOnlyList<OidcButton> Buttons, bool TakesGuests = false, int GuestVotes = 0)
{
    public static WaysIn None { get; } = new(null, []);
}

/// <summary>Finds out which ways in can be offered, and to which address links may lead.</summary>
public sealed class SignInWays(MailServer mail, OidcProviders providers, BoardSettings board, PublicAddress address)
{
    /// <summary>All of them. A page reads them itself and hands them to its parts: parts that read by themselves would do so at once, with one unit of work.</summary>
    public async Task<WaysIn> Now(HttpContext context)
    {
        var ct = context.RequestAborted;
        var site = Site(context) is { } here && await mail.Read(ct) is not null ? here : null;
        var buttons = await providers.Buttons(ct);
        var rules = await board.Read(ct);
        return new(site, buttons, rules.TakesGuests, rules.GuestVotes);
    }

    /// <summary>Where mailed links lead: what the operator has said. What a request claims to be sent to is believed only of this very machine: a stranger could otherwise
    /// have a link written to somebody that leads to the stranger.</summary>
    private string? Site(HttpContext context) =>
        address.Given ?? (new Uri($"http://{(context.Request.Host.HasValue ? context.Request.Host.Value : "x")}").IsLoopback ? address.Of(context) : null);

    /// <summary>Where to go after a sign-in.</summary>
    public static string After(SignInOutcome.Done done, string? to) => LocalPath.Or(to, done.Actor.Is(Role.Viewer) ? "/" : "/ideas");

    /// <summary>Where the second step is asked for.</summary>
    public static string SecondStep(bool stay, string? to) => $"/sign-in/code?stay={(stay ? "true" : "false")}&to={Uri.EscapeDataString(to ?? "")}";
}
