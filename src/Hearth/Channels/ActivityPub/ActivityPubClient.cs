using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.Extensions.Options;

namespace Hearth.Channels.ActivityPub;

/// <summary>A server said no.</summary>
internal sealed class ActivityPubException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>There is nothing any more at the address.</summary>
    public bool IsGone => Status is HttpStatusCode.Gone or HttpStatusCode.NotFound;
}

/// <summary>
/// Asks and tells other servers, signed as an actor of ours: in RFC 9421 whoever signs so themselves, everybody else in the older style, since some servers say yes before
/// they look at a signature and drop what they cannot read (snac2). Where one style is refused the other is tried, and remembered ("double knocking").
/// </summary>
internal sealed class ActivityPubClient(IHttpClientFactory clients, OwnActors actors, Hosts hosts, IOptions<SafeHttpOptions> options, TimeProvider clock)
{
    private const int MostHops = 3;
    private const long LargestObject = 1 << 20;

    /// <summary>Fetches an object as the actor, since many servers show theirs to nobody who does not say who asks.</summary>
    /// <exception cref="ActivityPubException">The server refused.</exception>
    /// <exception cref="HttpRequestException">It could not be asked, or its answer was no object.</exception>
    public async Task<JsonObject> Get(OwnActor from, string address, CancellationToken ct)
    {
        var at = Reachable(address);
        using var key = await actors.Key(from.Account, ct);
        for (var hop = 0; hop <= MostHops; hop++)
        {
            using var answer = (await Knock(from, key, HttpMethod.Get, at, [], await hosts.Find(at.Authority, ct), ct)).Answer;
            if ((int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } to)
            {
                at = Reachable(new Uri(at, to).AbsoluteUri);
                continue;
            }

            if (!answer.IsSuccessStatusCode) throw new ActivityPubException(answer.StatusCode, $"{at.Authority} answered {(int)answer.StatusCode}");
            var body = await answer.Content.ReadAsByteArrayAsync(ct);
            return body.Length <= LargestObject && ActivityJson.Parse(body) is { } found ? found : throw new HttpRequestException($"{at.Authority} did not answer with an object");
        }

        throw new HttpRequestException($"{new Uri(address).Authority} sends in circles");
    }

    /// <summary>Puts an activity into an inbox.</summary>
    /// <exception cref="LaterException">The server is to be left alone until then.</exception>
    /// <exception cref="ActivityPubException">It refused for good.</exception>
    /// <exception cref="HttpRequestException">It is not well; the same may be tried again.</exception>
    public async Task Post(OwnActor from, string inbox, byte[] activity, CancellationToken ct)
    {
        var server = Reachable(inbox).Authority;
        if (await hosts.IsBlocked(server, ct)) throw new ActivityPubException(HttpStatusCode.Forbidden, $"{server} is blocked here");
        using var key = await actors.Key(from.Account, ct);
        await Post(from, key, await hosts.Find(server, ct), inbox, activity, ct);
    }

    /// <summary>The same for who knows the server and has the key; whether a person blocked the server is not asked.</summary>
    /// <returns>What is known of the server now.</returns>
    /// <inheritdoc cref="Post(OwnActor, string, byte[], CancellationToken)"/>
    public async Task<HostRow?> Post(OwnActor from, RSA key, HostRow? known, string inbox, byte[] activity, CancellationToken ct)
    {
        var at = Reachable(inbox);
        if (known is { NotBefore: { } notBefore, Error: var error } && notBefore > clock.GetUtcNow()) throw new LaterException(notBefore, error ?? $"{at.Authority} is not well");
        try
        {
            var (answer, style) = await Knock(from, key, HttpMethod.Post, at, activity, known, ct);
            using var _ = answer;
            if (answer.IsSuccessStatusCode) return await hosts.Works(at.Authority, known, style, ct);
            var said = $"{at.Authority} answered {(int)answer.StatusCode}";
            var now = clock.Now();
            if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            {
                var retry = answer.RetryAt(now) ?? now.AddMinutes(1);
                await hosts.Fails(at.Authority, said, retry, ct);
                throw new LaterException(retry, said);
            }

            if ((int)answer.StatusCode >= 500 || answer.StatusCode == HttpStatusCode.RequestTimeout) throw new HttpRequestException(said, null, answer.StatusCode);
            throw new ActivityPubException(answer.StatusCode, said);
        }
        catch (HttpRequestException e)
        {
            await hosts.Fails(at.Authority, e.Message, null, ct);
            throw;
        }
    }

    /// <summary>An address that may be asked: https, or a host that the operator allowed although it is private.</summary>
    public Uri Reachable(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0) throw new HttpRequestException("The address is none.");
        var allowed = options.Value.AllowPrivate.Contains(uri.Host) || options.Value.AllowPrivate.Contains($"{uri.Host}:{uri.Port}");
        if (uri.Scheme != "https" && !(uri.Scheme == "http" && allowed)) throw new UnsafeRequestException($"{uri.Authority} is not reached without https.");
        return uri;
    }

    private async Task<(HttpResponseMessage Answer, SignatureStyle Style)> Knock(OwnActor from, RSA key, HttpMethod method, Uri to, byte[] body, HostRow? known, CancellationToken ct)
    {
        var first = known?.Style ?? SignatureStyle.Cavage;
        var answer = await Send(from, key, method, to, body, first, ct);
        if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden)) return (answer, first);

        // It may know the other style only.
        var other = first == SignatureStyle.Rfc9421 ? SignatureStyle.Cavage : SignatureStyle.Rfc9421;
        var again = await Send(from, key, method, to, body, other, ct);
        if (again.IsSuccessStatusCode || (int)again.StatusCode is >= 300 and < 400)
        {
            answer.Dispose();
            return (again, other);
        }

        again.Dispose();
        return (answer, first);
    }

    private async Task<HttpResponseMessage> Send(OwnActor from, RSA key, HttpMethod method, Uri to, byte[] body, SignatureStyle style, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, to);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(ActivityJson.Type));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(ActivityJson.Profile));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ActivityJson.Type);
        }

        var signed = new SignedRequest(method.Method, to, new Dictionary<string, string>(StringComparer.Ordinal), body);
        foreach (var (name, value) in HttpSignatures.Sign(style, signed, from.KeyId, key, clock.GetUtcNow())) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            return await clients.OutsideUnfollowed().SendAsync(request, ct);
        }
        catch (TaskCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new HttpRequestException($"{to.Authority} did not answer in time", e);
        }
    }
}
