using System.Globalization;
using System.Text;
using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Channels.Mail.Mime;
using Hearth.Channels.Webhooks;
using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Conversations;
using Hearth.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Peers;

/// <summary>What an answer by letter is made of, as a real mail server takes it.</summary>
public class AnswerLetterTests
{
    private const string Words = "Dear Ann,\n\nit is on its way: https://shop.example/lids?a=1&b=2 – you need not send the old one back, and if it does not fit we change it for one that does.\n<b>Not bold</b>";

    // A GIF of one pixel.
    private static readonly byte[] Gif = Convert.FromHexString("47494638396101000100800000000000FFFFFF21F90401000000002C00000000010001000002024401003B");

    [Theory, EveryDatabase]
    public async Task An_answer_says_the_same_as_text_and_as_HTML_quotes_what_it_answers_and_carries_its_pictures(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await using var smtp = await SmtpPeer.Start();
        var box = await Letterbox.In(house, smtp.Port);
        await box.Take(Encoding.UTF8.GetBytes("From: Ann Berg <ann@post.example>\r\nTo: care@brand.example\r\nSubject: =?utf-8?Q?The_lid_=E2=80=93_again?=\r\nMessage-ID: <one@post.example>\r\n\r\nIt broke.\r\n<script>alert(1)</script>\r\n\r\n-- \r\nAnn\r\n"));
        var picture = Assert.IsType<KeptPicture.Done>(await house.With<Pictures, KeptPicture>(p => p.Keep(Gif, "The new lid, \"closed\"", Talk.Ada, default))).Picture;
        var conversation = await Only(house);

        var reply = await house.With<ReplyToConversation, Reply>(r => r.With(conversation.Id, new Answer(Words) { Pictures = [picture.Id] }, conversation.Version, Talk.Ada, null, default));
        Assert.IsType<Reply.Queued>(reply);
        await house.Settle();
        var sent = await smtp.Next();

        var mail = MimePart.Read(Encoding.UTF8.GetBytes(sent.Data));
        Assert.Equal("multipart/alternative", mail.Type);
        Assert.Equal(["text/plain", "multipart/related"], mail.Parts.Select(p => p.Type));
        Assert.Equal(["text/html", "image/gif"], mail.Parts[1].Parts.Select(p => p.Type));
        Assert.Equal("flowed", MimeHeaders.Parameter(mail.Parts[0].Headers["Content-Type"], "format"));
        Assert.Equal("Brand Care <care@brand.example>", MimeHeaders.Words(sent.Header("Reply-To")).Replace("\"", "", StringComparison.Ordinal));
        foreach (var field in (string[])["List-Unsubscribe", "Precedence", "Auto-Submitted"]) Assert.DoesNotContain(field, sent.Data.Split("\r\n\r\n")[0], StringComparison.OrdinalIgnoreCase);
        foreach (var line in sent.Data.Split("\r\n")) Assert.True(line.Length <= 998, line); // RFC 5322 section 2.1.1

        var plain = Flowed.Read(mail.Parts[0].Text, deletesSpace: false);
        Assert.Equal($"{Words}\n\n[The new lid, \"closed\"]\n\n-- \n^AB, Care at Brand Care\n\nOn 1 September 2026 09:00 UTC, Ann Berg wrote:\n> It broke.\n> <script>alert(1)</script>", plain);
        var html = mail.Parts[1].Parts[0].Text;
        Assert.Contains("<a href=\"https://shop.example/lids?a=1&amp;b=2\"", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Not bold&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("alt=\"The new lid, &quot;closed&quot;\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"cid:{mail.Parts[1].Parts[1].Headers["Content-ID"]!.Trim('<', '>')}", html, StringComparison.Ordinal);
        Assert.Equal(Gif, mail.Parts[1].Parts[1].Bytes);

        // Read back it is an answer with what it answers folded away, in either form.
        Assert.StartsWith(Words, ReadLetter.Of(Encoding.UTF8.GetBytes(sent.Data), null)!.Text.Own, StringComparison.Ordinal);
        var asHtml = FoldText.Of(HtmlText.OfLetter(html));
        Assert.DoesNotContain("It broke", asHtml.Own, StringComparison.Ordinal);
        Assert.Contains("It broke", asHtml.Folded!, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("HEARTH_KEEP_LETTER") is { } keep) await File.WriteAllTextAsync(keep, html);
    }

    [Theory, EveryDatabase]
    public async Task The_same_signed_request_again_brings_nothing_and_an_old_one_is_refused(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var box = await Letterbox.In(house);
        var secret = (await house.With<Sources, string?>(s => s.NewSecret(box.Source, default)))!;
        var (at, body) = (house.Clock.GetUtcNow(), box.Letter("ann", "one", house.Clock.GetUtcNow()));
        var (stamp, signature) = (at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StandardWebhook.Sign(secret, "m1", at, body));
        Task<WebhookOutcome> Bring() => house.With<ReceiveLetters, WebhookOutcome>(r => r.Run(box.Source, "m1", stamp, signature, false, body, default));

        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Bring)));
        Assert.Equal(1, together.Sum(o => Assert.IsType<WebhookOutcome.Taken>(o).Received.Kept));
        Assert.Equal(0, Assert.IsType<WebhookOutcome.Taken>(await Bring()).Received.Kept);
        house.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.IsType<WebhookOutcome.NotTrusted>(await Bring());
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync()));
    }

    private static async Task<ConversationView> Only(TestHouse house)
    {
        await house.Settle();
        var row = Assert.Single((await house.In(s => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ListConversations>(s).Of(new(InboxView.All), null, 10, default)))!.Items);
        return (await house.With<ReadConversation, ConversationView?>(r => r.Of(row.Id, default)))!;
    }
}
