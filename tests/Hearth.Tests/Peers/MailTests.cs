using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Alerts;
using Hearth.Platform;

namespace Hearth.Tests.Peers;

public class MailTests
{
    [Theory, EveryDatabase]
    public async Task An_alert_reaches_a_mailbox_with_a_human_behind_reply_to(DatabaseKind kind)
    {
        await using var server = await SmtpPeer.Start("hearth:secret");
        await using var house = await TestHouse.Create(kind);
        await Mail(house, server, "hearth", "secret");
        var query = ((SavedQuery.Done)await house.With<SavedQueries, SavedQuery>(q => q.Add("Ember", "ember", default))).Query;
        await house.With<AlertRules, KeptAlert>(a => a.Add(new("Watch", AlertKind.AtOnce, query, null, null, null, null, null, null, null, null, null, ["ann@example.org"], null, null), "https://hearth.example", Some, default));

        var source = await house.With<Sources, SourceId>(s => s.ForFile("Talk", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [new("1", "Mein Öfchen Ember ist da 🔥", house.Clock.Now(), new("jo", "jo"))], (string?)null, default));
        await house.Settle();
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        await house.Settle();

        var mail = await server.Next();
        Assert.Equal(("hearth@brand.example", "ann@example.org"), (mail.From, Assert.Single(mail.To)));
        Assert.Contains("@jo: Mein Öfchen Ember ist da 🔥", mail.Body, StringComparison.Ordinal);
        Assert.Contains("https://hearth.example/listen/mentions/", mail.Body, StringComparison.Ordinal);
        Assert.Matches("^<[0-9a-f]{32}@brand.example>$", mail.Header("Message-ID"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal(DeliveryState.Sent, (await Last(house)).State);
    }

    [Theory, EveryDatabase]
    public async Task A_refused_mailbox_is_given_up_and_a_busy_one_tried_again(DatabaseKind kind)
    {
        await using var server = await SmtpPeer.Start();
        await using var house = await TestHouse.Create(kind);
        await Mail(house, server);

        var refused = await Assert.ThrowsAsync<MailFailedException>(() => house.With<SendMail>(s => s.Now(new("refused@example.org", "Hello", "Text", Guid.NewGuid()), default)));
        Assert.True(refused.IsFinal);
        Assert.Contains("no such mailbox", (await house.With<MailServer, MailServerView?>(m => m.Read(default)))!.Error!, StringComparison.Ordinal);

        var busy = new OutgoingMail("later@example.org", "Hello", "Text", Guid.NewGuid());
        Assert.False((await Assert.ThrowsAsync<MailFailedException>(() => house.With<SendMail>(s => s.Now(busy, default)))).IsFinal);
        await house.With<SendMail>(s => s.Now(busy, default));
        Assert.Equal("later@example.org", Assert.Single((await server.Next()).To));
        Assert.Null((await house.With<MailServer, MailServerView?>(m => m.Read(default)))!.Error);
    }

    [Theory, EveryDatabase]
    public async Task A_wrong_password_an_untrusted_certificate_and_a_silent_port_are_told(DatabaseKind kind)
    {
        await using var server = await SmtpPeer.Start("hearth:secret");
        await using var house = await TestHouse.Create(kind);

        await Mail(house, server, "hearth", "guess");
        await Assert.ThrowsAsync<MailFailedException>(() => house.With<SendMail>(s => s.Now(new("ann@example.org", "Hello", "Text", Guid.NewGuid()), default)));
        await Mail(house, server, "hearth", "secret", MailSecurity.StartTls); // its certificate is its own
        var untrusted = await Assert.ThrowsAsync<MailFailedException>(() => house.With<SendMail>(s => s.Now(new("ann@example.org", "Hello", "Text", Guid.NewGuid()), default)));
        Assert.Contains("certificate", untrusted.Message, StringComparison.OrdinalIgnoreCase);
        await house.With<MailServer, IReadOnlyList<FieldError>>(m => m.Set(new("127.0.0.1", 1, MailSecurity.None, null, null, "hearth@brand.example", null), default));
        await Assert.ThrowsAsync<MailFailedException>(() => house.With<SendMail>(s => s.Now(new("ann@example.org", "Hello", "Text", Guid.NewGuid()), default)));
    }

    private static readonly Actor Some = new(UserId.New(), "Ann Bell", "AB", Department.Care, Role.Agent);

    private static async Task Mail(TestHouse house, SmtpPeer server, string? user = null, string? password = null, MailSecurity security = MailSecurity.None) =>
        Assert.Empty(await house.With<MailServer, IReadOnlyList<FieldError>>(m => m.Set(new("127.0.0.1", server.Port, security, user, password, "hearth@brand.example", "Brand"), default)));

    private static async Task<DeliveryView> Last(TestHouse house) => Assert.Single((await house.With<Notices, Page<NoticeView>?>(n => n.List(Some.Id, null, null, default)))!.Items[0].Deliveries);
}
