using System.Net.Sockets;
using System.Text;
using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Channels.Mail.Lmtp;
using Hearth.Channels.Webhooks;
using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hearth.Tests.Peers;

/// <summary>E-mail from end to end: in by webhook and LMTP, out by a real mail server.</summary>
public class LetterTests
{
    private const string Care = "care@brand.example";

    private static string Letter(string id, string text, string? answers = null, string more = "") =>
        $"From: Ann Berg <ann@post.example>\r\nTo: {Care}\r\nSubject: {(answers is null ? "The lid" : "Re: The lid")}\r\nMessage-ID: <{id}@post.example>\r\n{(answers is null ? "" : $"In-Reply-To: {answers}\r\nReferences: {answers}\r\n")}{more}\r\n{text}\r\n";

    [Theory, EveryDatabase]
    public async Task A_letter_is_answered_in_its_thread_and_the_answer_to_that_goes_on_in_the_same_conversation(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await using var smtp = await SmtpPeer.Start();
        var (source, secret) = await Mailbox(house, smtp.Port);

        Assert.Equal(1, await Bring(house, source, secret, "m1", Letter("one", "It broke.\r\n\r\n-- \r\nAnn")));
        Assert.Equal(0, await Bring(house, source, secret, "m2", Letter("one", "It broke.\r\n\r\n-- \r\nAnn")));
        var opened = await Only(house);
        Assert.Equal(("email", "Ann Berg", "The lid\n\nIt broke."), (opened.Network, opened.Person!.Name, opened.Timeline.First(t => t.Kind == EntryKind.Mention).Text));

        var reply = await house.With<ReplyToConversation, Reply>(r => r.With(opened.Id, "A new lid is on its way.", opened.Version, Talk.Ada, null, default));
        Assert.IsType<Reply.Queued>(reply);
        await house.Settle();
        var sent = await smtp.Next();
        Assert.Equal(["ann@post.example"], sent.To);
        Assert.Equal((Care, "<one@post.example>", "<one@post.example>", "Re: The lid"), (sent.From, sent.Header("In-Reply-To"), sent.Header("References"), sent.Header("Subject")));
        Assert.Contains("A new lid is on its way.", sent.Body, StringComparison.Ordinal);
        var ours = sent.Header("Message-ID");

        Assert.Equal(1, await Bring(house, source, secret, "m3", Letter("two", "Thank you!\r\n\r\nOn Tuesday Care wrote:\r\n> A new lid is on its way.", ours)));
        var after = await Only(house);
        Assert.Equal(opened.Id, after.Id);
        Assert.Equal(["The lid\n\nIt broke.", "Thank you!"], after.Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Text));
        Assert.Contains("A new lid", (await house.With<Letters, LetterView?>(l => l.Of("<two@post.example>", default)))!.Folded!, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_machines_answer_wakes_nobody_and_a_bounce_fails_the_letter_that_came_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await using var smtp = await SmtpPeer.Start();
        var (source, secret) = await Mailbox(house, smtp.Port);
        await Bring(house, source, secret, "m1", Letter("one", "It broke."));
        var opened = await Only(house);
        await house.With<ReplyToConversation, Reply>(r => r.With(opened.Id, "On its way.", opened.Version, Talk.Ada, null, default));
        await house.Settle();
        var ours = (await smtp.Next()).Header("Message-ID");

        Assert.Equal(0, await Bring(house, source, secret, "m2", Letter("away", "I am away until Monday.", ours, "Auto-Submitted: auto-replied\r\n")));
        Assert.Equal(ConversationStatus.Waiting, (await Only(house)).Status);
        await Bring(house, source, secret, "m3", $"From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ann@post.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {ours}\r\n--b--\r\n");

        var message = Assert.Single(await house.With<ReadMessages, IReadOnlyList<MessageView>>(m => m.About("conversation:" + opened.Id.Value, default)));
        Assert.Equal(MessageStatus.Failed, message.Status);
        Assert.Contains("550 no such user", message.Reason!, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Placing_again_after_a_crash_sends_no_second_letter_once_the_first_was_noted(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await using var smtp = await SmtpPeer.Start();
        var (source, secret) = await Mailbox(house, smtp.Port);
        await Bring(house, source, secret, "m1", Letter("one", "It broke."));
        var network = house.Services.GetServices<IOutgoingNetwork>().Single(n => n.Name == Networks.Email);
        var account = (await house.With<ChannelAccounts, ChannelAccountView?>(a => a.Default(Networks.Email, default)))!.Id;
        var prepared = await network.Prepare(account, new Outgoing("Words", house.Clock.GetUtcNow(), new ReplyRefs(new PostRef("<one@post.example>", null), null), null), default);

        var first = await network.Place(account, "k1", prepared, default);
        Assert.Equal(first, await network.Place(account, "k1", prepared, default));
        await network.Place(account, "k2", prepared, default);

        Assert.Equal([first.ExternalId, "<k2@brand.example>"], [(await smtp.Next()).Header("Message-ID"), (await smtp.Next()).Header("Message-ID")]);
        Assert.Equal(first, await network.Find(account, "k1", default));
        await Assert.ThrowsAsync<ChannelRefusedException>(() => network.Remove(account, "k1", default));
    }

    [Theory, EveryDatabase]
    public async Task A_mail_server_of_the_house_hands_letters_over_by_LMTP_and_hears_of_each_recipient(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Mailbox(house, 25);
        using var server = new LmtpServer(house.Services.GetRequiredService<IServiceScopeFactory>(), Options.Create(new LmtpOptions { Listen = new(System.Net.IPAddress.Loopback, 0) }), NullLogger<LmtpServer>.Instance);
        await server.StartAsync(default);
        var at = await server.Listening;
        using var client = new TcpClient();
        await client.ConnectAsync(at);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        async Task<string> Say(string line)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
            string answer;
            do answer = (await reader.ReadLineAsync())!;
            while (answer.Length > 3 && answer[3] == '-');
            return answer[..3];
        }

        Assert.StartsWith("220", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("500", await Say("EHLO me"));
        Assert.Equal("250", await Say("LHLO me"));
        Assert.Equal("503", await Say("RCPT TO:<care@brand.example>"));
        Assert.Equal("250", await Say("MAIL FROM:<ann@post.example> SIZE=1000"));
        Assert.Equal("550", await Say("RCPT TO:<nobody@brand.example>"));
        Assert.Equal("250", await Say("RCPT TO:<Care+lids@Brand.example>"));
        Assert.Equal("354", await Say("DATA"));
        Assert.Equal("250", await Say(Letter("one", "..It broke.\r\n..\r\nBye") + "."));
        Assert.Equal("250", await Say("MAIL FROM:<>"));
        Assert.Equal("552", await Say("RSET") == "250" ? await Say("MAIL FROM:<> SIZE=99999999") : "");
        Assert.Equal("221", await Say("QUIT"));
        await server.StopAsync(default);

        Assert.Equal("The lid\n\n.It broke.\n.\nBye", (await Only(house)).Timeline.First(t => t.Kind == EntryKind.Mention).Text);
    }

    [Theory, EveryDatabase]
    public async Task A_letter_that_is_not_signed_is_not_read_and_one_in_JSON_says_the_same_as_a_whole_one(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (source, secret) = await Mailbox(house, 25);
        var body = Encoding.UTF8.GetBytes("""{"from": "Ann <ann@post.example>", "subject": "Lid", "messageId": "<j@post.example>", "html": "<p>It broke</p>", "files": [{"name": "lid.png", "type": "image/png", "content": "aGk="}]}""");

        Assert.IsType<WebhookOutcome.NotTrusted>(await house.With<ReceiveLetters, WebhookOutcome>(r => r.Run(source, "m", "1", "v1,AAAA", true, body, default)));
        var now = house.Clock.GetUtcNow();
        var taken = await house.With<ReceiveLetters, WebhookOutcome>(r => r.Run(source, "m", now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), StandardWebhook.Sign(secret, "m", now, body), true, body, default));
        Assert.Equal(1, Assert.IsType<WebhookOutcome.Taken>(taken).Received.Kept);
        await house.Settle();

        Assert.Equal("Lid\n\nIt broke", (await Only(house)).Timeline.First(t => t.Kind == EntryKind.Mention).Text);
        var file = Assert.Single((await house.With<Letters, LetterView?>(l => l.Of("<j@post.example>", default)))!.Files);
        Assert.Equal("hi", Encoding.ASCII.GetString((await house.With<Letters, (string Name, byte[] Content)?>(l => l.File(file.Id!.Value, default)))!.Value.Content));
    }

    [Theory]
    [InlineData("no-reply@x.example", true)]
    [InlineData("DoNotReply@x.example", true)]
    [InlineData("do.not.reply@x.example", true)]
    [InlineData("norman@x.example", false)]
    public void Do_not_reply_is_known_by_its_name(string address, bool isOne) => Assert.Equal(isOne, EmailNetwork.IsDoNotReply(address));

    private static async Task<(SourceId Source, string Secret)> Mailbox(TestHouse house, int port)
    {
        Assert.Empty(await house.With<MailServer, IReadOnlyList<FieldError>>(m => m.Set(new("127.0.0.1", port, MailSecurity.None, null, null, "hearth@brand.example", "Brand"), default)));
        var (account, errors) = await house.With<ConnectMailbox, (ChannelAccountId?, IReadOnlyList<FieldError>)>(c => c.Add(new(Care, "Brand Care"), default));
        Assert.Empty(errors);
        Assert.Equal("address", Assert.Single((await house.With<ConnectMailbox, (ChannelAccountId?, IReadOnlyList<FieldError> Errors)>(c => c.Add(new("noreply@brand.example", null), default))).Errors).Field);
        await house.Settle();
        var source = await house.With<Database, SourceRow>(db => db.Set<SourceRow>().AsNoTracking().SingleAsync(s => s.Kind == "email"));
        var secret = (await house.With<Sources, string?>(s => s.NewSecret(source.Id, default)))!;
        return (source.Id, secret);
    }

    private static async Task<int> Bring(TestHouse house, SourceId source, string secret, string id, string letter)
    {
        var (now, body) = (house.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(letter));
        var outcome = await house.With<ReceiveLetters, WebhookOutcome>(r => r.Run(source, id, now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), StandardWebhook.Sign(secret, id, now, body), false, body, default));
        await house.Settle();
        return Assert.IsType<WebhookOutcome.Taken>(outcome).Received.Kept;
    }

    private static async Task<ConversationView> Only(TestHouse house)
    {
        await house.Settle();
        var row = Assert.Single((await house.In(s => s.GetRequiredService<ListConversations>().Of(new(InboxView.All), null, 10, default)))!.Items);
        return (await house.With<ReadConversation, ConversationView?>(r => r.Of(row.Id, default)))!;
    }
}
