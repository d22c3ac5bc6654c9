using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hearth.Channels.Mail;
using Hearth.Channels.Webhooks;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Alerts;

/// <summary>Brings one notice to one receiver.</summary>
public sealed record DeliverNotice(NoticeId Notice, NoticeWay Way, string To) : IJob;

/// <summary>A message of an alert's webhook.</summary>
/// <param name="Type">Always "alert".</param>
/// <param name="Id">The notice's.</param>
/// <param name="Alert">The alert's name.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">More; null when there is no more.</param>
/// <param name="Url">Where to look.</param>
/// <param name="At">When it was told.</param>
/// <param name="Mentions">The latest mentions it is about, at most 10; those deleted meanwhile are left out.</param>
public sealed record AlertMessage(string Type, Guid Id, string Alert, string Title, string? Text, string Url, DateTimeOffset At, IReadOnlyList<NoticeMention> Mentions);

/// <summary>
/// A crash between sending and recording sends again: the mail then has the same Message-ID and the webhook's message the same id, so that the receiver can tell. What fails
/// is tried again with growing pauses, twelve times; what is refused for good is not.
/// </summary>
internal sealed class DeliverNoticeRun(Database db, Notices notices, SendMail mail, IHttpClientFactory http, WebhookSecrets secrets, Staff staff, TimeProvider clock) : IRun<DeliverNotice>
{
    public async Task Run(DeliverNotice job, CancellationToken ct)
    {
        var delivery = await db.Set<NoticeDelivery>().AsNoTracking().SingleOrDefaultAsync(d => d.Notice == job.Notice && d.Way == job.Way && d.To == job.To, ct);
        var notice = await db.Set<NoticeRow>().AsNoTracking().SingleOrDefaultAsync(n => n.Id == job.Notice, ct);
        if (delivery is not { State: DeliveryState.Waiting } || notice is null) return;
        var alert = await db.Set<AlertRow>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == notice.Alert, ct);
        if (alert is null)
        {
            await Put(job, DeliveryState.Failed, "The alert was removed.", ct);
            return;
        }

        var about = await notices.Mentions(notice.Id, ct);
        try
        {
            if (job.Way == NoticeWay.Email) await mail.Now(new(job.To, notice.Title, Letter(alert, notice, about), delivery.MessageId, (await staff.Find(alert.By, ct))?.Email), ct);
            else await Post(alert, notice, about, delivery, ct);
            await Put(job, DeliveryState.Sent, null, ct);
        }
        catch (MailFailedException e) when (e.IsFinal)
        {
            await Put(job, DeliveryState.Failed, e.Message, ct);
        }
        catch (HttpRequestException e) when (e.StatusCode is { } code && (int)code is >= 400 and < 500 && code is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests))
        {
            await Put(job, DeliveryState.Failed, e.Message, ct);
        }
        catch (Exception e) when (e is MailFailedException or HttpRequestException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            await Put(job, delivery.Attempts + 1 >= MaxAttempts ? DeliveryState.Failed : DeliveryState.Waiting, e.Message, ct);
            throw;
        }
    }

    public const int MaxAttempts = 12;

    private static string Letter(AlertRow alert, NoticeRow notice, IReadOnlyList<NoticeMention> about)
    {
        var text = new StringBuilder(notice.Title).Append("\n\n");
        if (notice.Text is not null) text.Append(notice.Text).Append("\n\n");
        foreach (var mention in about) text.Append(mention.Author is null ? "" : $"@{mention.Author}: ").Append(mention.Text).Append('\n').Append(alert.Home).Append("/listen/mentions/").Append(mention.Mention.Value).Append("\n\n");
        return text.Append("All of it: ").Append(alert.Home).Append(notice.Href).Append("\n\nThis is the alert “").Append(alert.Name).Append("”; change it at ").Append(alert.Home).Append("/listen/alerts\nAn answer to this mail reaches the person who set it.\n").ToString();
    }

    private async Task Post(AlertRow alert, NoticeRow notice, IReadOnlyList<NoticeMention> about, NoticeDelivery delivery, CancellationToken ct)
    {
        var now = clock.Now();
        var body = JsonSerializer.SerializeToUtf8Bytes(new AlertMessage("alert", notice.Id.Value, alert.Name, notice.Title, notice.Text, alert.Home + notice.Href, notice.At, about), Json.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.To) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var id = delivery.MessageId.ToString("N");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", StandardWebhook.Sign(secrets.Reveal(alert.Secret!), id, now, body));
        using var answer = await http.Outside().SendAsync(request, ct);
        if (answer.IsSuccessStatusCode) return;
        if (answer.RetryAt(now) is { } later) throw new LaterException(later, $"the server asked to come back later ({(int)answer.StatusCode})");
        throw new HttpRequestException($"The server answered {(int)answer.StatusCode} {answer.ReasonPhrase}.", null, answer.StatusCode);
    }

    private Task Put(DeliverNotice job, DeliveryState state, string? error, CancellationToken ct)
    {
        var now = clock.Now();
        return db.Set<NoticeDelivery>().Where(d => d.Notice == job.Notice && d.Way == job.Way && d.To == job.To)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, state).SetProperty(d => d.Error, error).SetProperty(d => d.Attempts, d => d.Attempts + 1).SetProperty(d => d.At, now), ct);
    }
}
