using System.Text;
using System.Text.RegularExpressions;
using Hearth.Channels.Mail;
using Hearth.Channels.Webhooks;
using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Outlet;
using Hearth.Outlet.Digests;
using Hearth.Platform;
using Hearth.Tests.Listening.Reading;
using Hearth.Tests.Outlet;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>The outlet's digest through a real mail server.</summary>
public partial class OutletDigestTests
{
    [Theory, EveryDatabase]
    public async Task It_is_confirmed_by_letter_comes_with_what_is_new_is_answered_by_a_human_and_ended_by_one_post(DatabaseKind kind)
    {
        await using var server = await SmtpPeer.Start();
        await using var house = await TestHouse.Create(kind);
        var mara = await house.Digest(server.Port);
        await house.Ask("ann@example.org");
        await house.Settle();
        var question = await server.Next();
        Assert.Equal(("ann@example.org", DigestHouse.Mailbox, DigestHouse.Mailbox), (Assert.Single(question.To), question.From, question.Header("Reply-To")));
        Assert.StartsWith("\"Mara Vogt, ", question.Header("From"), StringComparison.Ordinal);
        var key = Confirm().Match(question.Body).Groups[1].Value;
        Assert.DoesNotContain(key, question.Header("Message-ID"), StringComparison.Ordinal);
        Assert.IsType<ConfirmedDigest.Done>(await house.ConfirmDigest(new(Guid.ParseExact(key, "N"))));

        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var offer = await house.Offer();
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Settle();
        var mail = await server.Next();
        Assert.Equal(("ann@example.org", DigestHouse.Mailbox, DigestHouse.Mailbox), (Assert.Single(mail.To), mail.From, mail.Header("Reply-To")));
        Assert.Equal($"{offer.Title} for 449.00 EUR", mail.Header("Subject"));
        Assert.Equal(("List-Unsubscribe=One-Click", "<outlet.outlet.example.com>", "auto-generated"), (mail.Header("List-Unsubscribe-Post"), mail.Header("List-Id"), mail.Header("Auto-Submitted")));
        Assert.StartsWith("multipart/alternative", mail.Header("Content-Type"), StringComparison.Ordinal);
        var body = Plain(mail);
        Assert.Contains($"{offer.Title}: 449.00 EUR instead of 899.00 EUR", body, StringComparison.Ordinal);
        Assert.Contains($"https://outlet.example.com/l/{offer.Link}?digest=1\r\n", body, StringComparison.Ordinal);
        Assert.Contains($"<a class=\"offer\" href=\"https://outlet.example.com/l/{offer.Link}?digest=1\">{offer.Title}</a>", body, StringComparison.Ordinal);
        var end = mail.Header("List-Unsubscribe").Trim('<', '>');
        Assert.StartsWith("https://outlet.example.com/outlet/digest/end/", end, StringComparison.Ordinal);

        // An answer is a conversation, and hers.
        var source = await house.With<Database, SourceRow>(db => db.Set<SourceRow>().AsNoTracking().SingleAsync(s => s.Kind == "email"));
        var secret = (await house.With<Sources, string?>(s => s.NewSecret(source.Id, default)))!;
        await Bring(house, source.Id, secret, "m1", $"From: Ann <ann@example.org>\r\nTo: {DigestHouse.Mailbox}\r\nSubject: Re: {offer.Title}\r\nMessage-ID: <1@example.org>\r\nIn-Reply-To: {mail.Header("Message-ID")}\r\nReferences: {mail.Header("Message-ID")}\r\n\r\nDoes it come with a charger?\r\n");
        var talk = Assert.Single((await house.In(s => s.GetRequiredService<ListConversations>().Of(new(InboxView.All), null, 10, default)))!.Items);
        Assert.Equal(mara.Id, (await house.With<ReadConversation, ConversationView?>(r => r.Of(talk.Id, default)))!.Assignee);

        // Two that come back in a row end it; one alone does not.
        await Bounce(house, source.Id, secret, "b1", mail.Header("Message-ID"));
        Assert.Null((await house.Subscriber("ann@example.org")).EndedAt);
        await house.Offer(sku: "OTHER");
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Settle();
        var next = await server.Next();
        Assert.Contains("Still on", Plain(next), StringComparison.Ordinal);
        Assert.Equal(end, next.Header("List-Unsubscribe").Trim('<', '>'));
        await Bounce(house, source.Id, secret, "b2", next.Header("Message-ID"));
        await Bounce(house, source.Id, secret, "b3", $"<{Guid.NewGuid():N}@brand.example>");
        var row = await house.With<Database, DigestSubscriber>(db => db.Set<DigestSubscriber>().AsNoTracking().SingleAsync());
        Assert.Equal((null, DigestEnd.Bounced), (row.Contact, row.Why!.Value));
        var desk = await house.With<ReadDigest, DigestDesk>(r => r.Desk(default));
        Assert.Equal((0, 1, 2), (desk.Daily, desk.Bounced, desk.Issues.Sum(i => i.Bounced)));
        Assert.True(await house.With<EndDigest, bool>(e => e.By(end[(end.LastIndexOf('/') + 1)..], default)));
    }

    [Theory, EveryDatabase]
    public async Task Killed_before_and_after_it_is_written_and_right_after_the_server_took_it_a_letter_goes_out_under_one_name(DatabaseKind kind)
    {
        await using var server = await SmtpPeer.Start();
        await using var house = await TestHouse.Create(kind);
        await house.Digest(server.Port);
        await house.Ask("ann@example.org");
        await house.Settle();
        await server.Next();
        await house.ConfirmDigest(await house.AskOf("ann@example.org"));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Offer();
        house.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(137, await Die(house, nameof(WriteDigests)));
        Assert.Empty(await house.Letters());
        await house.Write();
        await house.Write();
        Assert.Single(await house.Letters());
        Assert.Equal(137, await Die(house, nameof(SendDigest)));
        await house.Settle();

        var (first, second) = (await server.Next(), await server.Next()); // the mailbox can tell that it is one
        Assert.Equal(first.Header("Message-ID"), second.Header("Message-ID"));
        Assert.Equal(Plain(first), Plain(second));
        Assert.NotNull(Assert.Single(await house.Letters()).SentAt);
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
        if (args[3] == nameof(WriteDigests)) await scope.ServiceProvider.GetRequiredService<WriteDigestsRun>().Run(new(), default);
        else await scope.ServiceProvider.GetRequiredService<SendDigestRun>().Run(new((await scope.ServiceProvider.GetRequiredService<Database>().Set<DigestLetter>().SingleAsync()).Id), default);
    }

    // Both parts, as a person reads them (RFC 2045, section 6.7); they differ in their boundary alone.
    private static string Plain(TakenMail mail)
    {
        var boundary = Boundary().Match(mail.Header("Content-Type")).Groups[1].Value;
        return mail.Data[(mail.Data.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace(boundary, "", StringComparison.Ordinal).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=0D=0A", "\r\n", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
    }

    private static Task Bounce(TestHouse house, SourceId source, string secret, string id, string original) => Bring(house, source, secret, id,
        $"From: MAILER-DAEMON@mx.example\r\nMessage-ID: <{id}@mx.example>\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ann@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {original}\r\n--b--\r\n");

    private static async Task Bring(TestHouse house, SourceId source, string secret, string id, string letter)
    {
        var (now, body) = (house.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(letter));
        var outcome = await house.With<ReceiveLetters, WebhookOutcome>(r => r.Run(source, id, now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), StandardWebhook.Sign(secret, id, now, body), false, body, default));
        Assert.IsType<WebhookOutcome.Taken>(outcome);
        await house.Settle();
    }

    [GeneratedRegex("/outlet/digest/confirm/([0-9a-f]{32})")]
    private static partial Regex Confirm();

    [GeneratedRegex("boundary=\"?([^\";]+)\"?")]
    private static partial Regex Boundary();
}
