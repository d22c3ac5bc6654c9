using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Hearth.Tests.Ideas;
using Hearth.Tests.Ideas.Telling;
using Hearth.Tests.Listening.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>News of ideas by mail, through a real mail server.</summary>
public class IdeaDigestTests
{
    [Theory, EveryDatabase]
    public async Task Who_asked_for_mail_gets_what_is_new_in_one_letter_that_a_single_post_ends(DatabaseKind kind)
    {
        await using var server = await SmtpPeer.Start();
        await using var house = await TestHouse.Create(kind);
        await Mail(house, server);
        var (ann, bob, staff) = (await SignUp(house, "Ann Fox", "ann@example.org"), await SignUp(house, "Bob Ash", "bob@example.org"), await Staff(house));
        var (lid, strap) = (await house.Post(by: ann), await house.Post("A strap for the flask", by: ann));
        await house.Vote(lid, Stance.Promote, bob);
        await Move(house, lid, staff, "Said before she asked for mail.", IdeaStatus.Submitted, IdeaStatus.Acknowledged);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await Wish(house, ann, MailRhythm.Daily);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await Move(house, lid, staff, "Next spring, in the new lid.", IdeaStatus.Acknowledged, IdeaStatus.Planned);
        await Move(house, strap, staff, "We look into it.", IdeaStatus.Submitted, IdeaStatus.UnderReview);
        await house.Settle();
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Settle();

        var mail = await server.Next();
        Assert.Equal("ann@example.org", Assert.Single(mail.To)); // Bob asked for none
        Assert.Contains("A lid that locks\nPlanned: Next spring, in the new lid.\n(It is your idea.)\nhttps://hearth.example/ideas/" + lid.Value, mail.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("A strap for the flask\nUnder review: We look into it.", mail.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("before she asked", mail.Body, StringComparison.Ordinal);
        Assert.Equal("sam@brand.example", mail.Header("Reply-To"));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        var address = mail.Header("List-Unsubscribe").Trim('<', '>');
        Assert.StartsWith("https://hearth.example/ideas/unsubscribe/", address, StringComparison.Ordinal);

        // What she sees on the site is not mailed besides; and once ended, nothing is.
        await Move(house, strap, staff, "In the shop by summer.", IdeaStatus.UnderReview, IdeaStatus.Planned);
        await house.Settle();
        await house.With<ReadNotices>(r => r.See(ann.Id, default));
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Settle();
        Assert.True(await house.With<MailWishes, bool>(w => w.End(address[(address.LastIndexOf('/') + 1)..], default)));
        Assert.False(await house.With<MailWishes, bool>(w => w.End("nobody", default)));
        await Move(house, strap, staff, "It is in the shop now.", IdeaStatus.Planned, IdeaStatus.Implemented);
        await house.Settle();
        house.Clock.Advance(TimeSpan.FromDays(2));
        await house.Settle();
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<IdeaDigest>().CountAsync()));
        Assert.Equal(MailRhythm.Never, (await house.With<MailWishes, MailWish>(w => w.Of(ann.Id, default))).Every);
    }

    [Theory, EveryDatabase]
    public async Task Killed_before_and_after_it_is_gathered_and_right_after_the_server_took_it_a_letter_goes_out_under_one_name(DatabaseKind kind)
    {
        await using var server = await SmtpPeer.Start();
        await using var house = await TestHouse.Create(kind);
        await Mail(house, server);
        var (ann, staff) = (await SignUp(house, "Ann Fox", "ann@example.org"), await Staff(house));
        await Wish(house, ann, MailRhythm.Weekly);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await Move(house, await house.Post(by: ann), staff, "Next spring, in the new lid.", IdeaStatus.Submitted, IdeaStatus.Planned);
        await house.Settle();
        house.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(137, await Die(house, nameof(GatherDigests)));
        Assert.Equal(0, await house.With<Database, int>(db => db.Set<IdeaDigest>().CountAsync()));
        await house.With<GatherDigestsRun>(r => r.Run(new(), default));
        Assert.Equal(137, await Die(house, nameof(SendDigest)));
        await house.Settle();

        var (first, second) = (await server.Next(), await server.Next()); // the mailbox can tell that it is one
        Assert.Equal(first.Header("Message-ID"), second.Header("Message-ID"));
        Assert.NotNull((await house.With<Database, IdeaDigest>(db => db.Set<IdeaDigest>().SingleAsync())).SentAt);
    }

    private static Task<int> Die(TestHouse house, string what) =>
        ChildProcess.Run(WorkAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, what, house.Clock.GetUtcNow().ToString("o"));

    [Child]
    internal static async Task WorkAndDie(string[] args)
    {
        var clock = new FakeClock();
        clock.Set(DateTimeOffset.Parse(args[4], System.Globalization.CultureInfo.InvariantCulture));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommit(0)));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        if (args[3] == nameof(GatherDigests)) await scope.ServiceProvider.GetRequiredService<GatherDigestsRun>().Run(new(), default);
        else await scope.ServiceProvider.GetRequiredService<SendDigestRun>().Run(new((await scope.ServiceProvider.GetRequiredService<Database>().Set<IdeaDigest>().SingleAsync()).Id), default);
    }

    private static Task Wish(TestHouse house, Actor who, MailRhythm every) => house.With<MailWishes>(w => w.Set(who.Id, every, "https://hearth.example/", default));

    private static async Task Move(TestHouse house, IdeaId idea, Actor by, string reason, IdeaStatus from, IdeaStatus to) =>
        Assert.IsType<MovedIdea.Stands>(await house.With<MoveIdea, MovedIdea>(m => m.To(by, idea, from, to, reason, default)));

    private static async Task Mail(TestHouse house, SmtpPeer server) =>
        Assert.Empty(await house.With<MailServer, IReadOnlyList<FieldError>>(m => m.Set(new("127.0.0.1", server.Port, MailSecurity.None, null, null, "hearth@brand.example", "Brand"), default)));

    private static async Task<Actor> SignUp(TestHouse house, string name, string email)
    {
        var opened = Assert.IsType<SignUpOutcome.Opened>(await house.With<SignUp, SignUpOutcome>(s => s.Run(name, email, "a-long-password", default)));
        await house.With<Database>(db => db.Set<Account>().Where(a => a.Id == opened.Actor.Id.Value).ExecuteUpdateAsync(set => set.SetProperty(a => a.EmailConfirmed, true)));
        return opened.Actor;
    }

    private static async Task<Actor> Staff(TestHouse house)
    {
        var sam = await SignUp(house, "Sam Ray", "sam@brand.example");
        await house.With<Database>(db => db.Set<Account>().Where(a => a.Id == sam.Id.Value).ExecuteUpdateAsync(set => set.SetProperty(a => a.Role, Role.Agent)));
        return sam with { Role = Role.Agent };
    }
}
