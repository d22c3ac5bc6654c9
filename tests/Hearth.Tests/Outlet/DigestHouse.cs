using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Outlet.Digests;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Outlet;

/// <summary>Short ways to a house with a digest.</summary>
internal static class DigestHouse
{
    public const string Mailbox = "outlet@brand.example";
    public static readonly Uri Site = new("https://outlet.example.com");

    /// <summary>Mara answers; it goes out at 8 in Berlin.</summary>
    public static async Task<Actor> Digest(this TestHouse house, int port = 1)
    {
        Assert.Empty(await house.With<MailServer, IReadOnlyList<FieldError>>(m => m.Set(new("127.0.0.1", port, MailSecurity.None, null, null, "hearth@brand.example", "Brand"), default)));
        var (account, _) = await house.With<ConnectMailbox, (ChannelAccountId?, IReadOnlyList<FieldError>)>(c => c.Add(new(Mailbox, "Brand Outlet"), default));
        var mara = await house.Staff();
        Assert.Empty(await house.With<KeepDigest, IReadOnlyList<FieldError>>(k => k.Set(new(account!.Value, mara.Id, "Europe/Berlin", 8, false), Site, default)));
        return mara;
    }

    public static async Task<Actor> Staff(this TestHouse house, string name = "Mara Vogt", string email = "mara@brand.example")
    {
        var opened = Assert.IsType<SignUpOutcome.Opened>(await house.With<SignUp, SignUpOutcome>(s => s.Run(name, email, "a-long-password", default)));
        await house.With<Database>(db => db.Set<Account>().Where(a => a.Id == opened.Actor.Id.Value).ExecuteUpdateAsync(set => set.SetProperty(a => a.Role, Role.Agent)));
        return opened.Actor with { Role = Role.Agent };
    }

    public static Task<AskedDigest> Ask(this TestHouse house, string contact, DigestRhythm every = DigestRhythm.Daily, DayOfWeek weekday = DayOfWeek.Monday, Condition? condition = null) =>
        house.With<AskDigest, AskedDigest>(a => a.For(new(contact, every, weekday, condition), default));

    public static Task<ConfirmedDigest> ConfirmDigest(this TestHouse house, DigestAskId ask) => house.With<AskDigest, ConfirmedDigest>(a => a.Confirm(ask, default));

    public static async Task<DigestAskId> AskOf(this TestHouse house, string contact) => (await house.With<Database, DigestAsk>(db => db.Set<DigestAsk>().AsNoTracking().SingleAsync(a => a.Contact == contact))).Id;

    /// <summary>Asks and confirms.</summary>
    public static async Task<DigestSubscriber> Subscribe(this TestHouse house, string contact, DigestRhythm every = DigestRhythm.Daily, DayOfWeek weekday = DayOfWeek.Monday, Condition? condition = null)
    {
        Assert.IsType<AskedDigest.Asked>(await house.Ask(contact, every, weekday, condition));
        Assert.IsType<ConfirmedDigest.Done>(await house.ConfirmDigest(await house.AskOf(contact)));
        return await house.Subscriber(contact);
    }

    public static Task<DigestSubscriber> Subscriber(this TestHouse house, string contact) => house.With<Database, DigestSubscriber>(db => db.Set<DigestSubscriber>().AsNoTracking().SingleAsync(s => s.Contact == contact));

    /// <summary>Notes who gets what, and sends nothing.</summary>
    public static Task Write(this TestHouse house) => house.In(s => s.GetRequiredService<WriteDigestsRun>().Run(new(), default));

    public static Task<List<DigestLetter>> Letters(this TestHouse house) => house.With<Database, List<DigestLetter>>(db => db.Set<DigestLetter>().AsNoTracking().OrderBy(l => l.Issue).ThenBy(l => l.Id).ToListAsync());
}
