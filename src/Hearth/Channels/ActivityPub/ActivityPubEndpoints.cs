using System.Text;
using System.Text.Json.Nodes;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.ActivityPub;

/// <summary>What other servers ask and tell (ActivityPub, WebFinger, NodeInfo). Not part of Hearth's own API.</summary>
internal static class ActivityPubEndpoints
{
    private const int LargestBody = 1 << 20;
    private const int PageSize = 40;

    public static void Map(IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        open.MapGet("/.well-known/webfinger", (Delegate)WebFinger);
        open.MapGet("/.well-known/nodeinfo", (Delegate)NodeInfoLinks);
        open.MapGet("/nodeinfo/2.1", (Delegate)NodeInfo);
        open.MapGet(OwnActor.Path + "{name}", Task<IResult> (HttpContext http, string name) => Shown(http, name, actor => actor.Document()));
        open.MapGet(OwnActor.Path + "{name}/outbox", (HttpContext http, string name) => Collection(http, name, Outbox));
        open.MapGet(OwnActor.Path + "{name}/followers", (HttpContext http, string name) => Collection(http, name, Followers));
        open.MapGet(OwnActor.Path + "{name}/following", (HttpContext http, string name) => Shown(http, name, actor => List(actor.Following, 0)));
        open.MapGet(OwnActor.Path + "{name}/notes/{key}", (HttpContext http, string name, string key) => Note(http, name, key, (actor, note, body) => body.Object(actor, key, note.UpdatedAt)));
        open.MapGet(OwnActor.Path + "{name}/notes/{key}/create", (HttpContext http, string name, string key) => Note(http, name, key, (actor, note, body) => body.Activity(actor, key, 0, null)));
        open.MapGet(NotePictures.Path + "{hash}", (Delegate)Picture);
        open.MapPost(OwnActor.Path + "{name}/inbox", (HttpContext http, string name) => Inbox(http, name));
        open.MapPost("/ap/inbox", (Delegate)((HttpContext http) => Inbox(http, null)));
    }

    private static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    private static IResult Say(JsonObject document)
    {
        if (!document.ContainsKey("@context")) document["@context"] = "https://www.w3.org/ns/activitystreams";
        return Results.Text(document.ToJsonString(), ActivityJson.Type, Encoding.UTF8);
    }

    private static async Task<IResult> Shown(HttpContext http, string name, Func<OwnActor, JsonObject> show) =>
        await Service<OwnActors>(http).Named(name, http.RequestAborted) is { } actor ? Say(show(actor)) : Results.NotFound();

    private static async Task<IResult> WebFinger(HttpContext http)
    {
        var asked = http.Request.Query["resource"].ToString();
        if (asked.Length == 0) return Problems.Invalid("resource", "is needed: acct:name@host, or an address");
        var actors = await Service<OwnActors>(http).All(http.RequestAborted);
        if (actors.FirstOrDefault(a => string.Equals(asked, "acct:" + a.Handle, StringComparison.OrdinalIgnoreCase) || asked == a.Id) is not { } actor) return Results.NotFound();
        var found = new JsonObject
        {
            ["subject"] = "acct:" + actor.Handle, ["aliases"] = new JsonArray(actor.Id),
            ["links"] = new JsonArray(new JsonObject { ["rel"] = "self", ["type"] = ActivityJson.Type, ["href"] = actor.Id }, new JsonObject { ["rel"] = "http://webfinger.net/rel/profile-page", ["type"] = "text/html", ["href"] = actor.Url }),
        };
        http.Response.Headers.AccessControlAllowOrigin = "*"; // RFC 7033, section 5
        return Results.Text(found.ToJsonString(), "application/jrd+json", Encoding.UTF8);
    }

    private static async Task<IResult> NodeInfoLinks(HttpContext http) => (await Service<OwnActors>(http).All(http.RequestAborted)) is [{ } first, ..]
        ? Results.Json(new JsonObject { ["links"] = new JsonArray(new JsonObject { ["rel"] = "http://nodeinfo.diaspora.software/ns/schema/2.1", ["href"] = first.Origin + "/nodeinfo/2.1" }) })
        : Results.NotFound();

    private static async Task<IResult> NodeInfo(HttpContext http)
    {
        var actors = await Service<OwnActors>(http).All(http.RequestAborted);
        if (actors.Count == 0) return Results.NotFound();
        var posts = await Service<Database>(http).Set<NoteRow>().CountAsync(n => n.IsPublic && n.DeletedAt == null, http.RequestAborted);
        return Results.Json(new JsonObject
        {
            ["version"] = "2.1", ["software"] = new JsonObject { ["name"] = "hearth", ["version"] = typeof(OwnActor).Assembly.GetName().Version!.ToString(3) }, ["protocols"] = new JsonArray("activitypub"),
            ["services"] = new JsonObject { ["inbound"] = new JsonArray(), ["outbound"] = new JsonArray() }, ["openRegistrations"] = false,
            ["usage"] = new JsonObject { ["users"] = new JsonObject { ["total"] = actors.Count }, ["localPosts"] = posts }, ["metadata"] = new JsonObject(),
        });
    }

    private static JsonObject List(string id, int total) => new() { ["id"] = id, ["type"] = "OrderedCollection", ["totalItems"] = total };

    private static async Task<IResult> Collection(HttpContext http, string name, Func<HttpContext, OwnActor, Task<IResult>> show) =>
        await Service<OwnActors>(http).Named(name, http.RequestAborted) is { } actor ? await show(http, actor) : Results.NotFound();

    // Without a page the list tells its size and where it begins.
    private static async Task<IResult> Outbox(HttpContext http, OwnActor actor)
    {
        var notes = Service<Database>(http).Set<NoteRow>().AsNoTracking().Where(n => n.Account == actor.Account && n.IsPublic && n.DeletedAt == null);
        if (!http.Request.Query.ContainsKey("page"))
        {
            var list = List(actor.Outbox, await notes.CountAsync(http.RequestAborted));
            list["first"] = actor.Outbox + "?page=1";
            return Say(list);
        }

        // Keys rise with the time at which they were chosen.
        var before = http.Request.Query["before"].ToString();
        var rows = await notes.Where(n => before == "" || n.Key.CompareTo(before) < 0).OrderByDescending(n => n.Key).Take(PageSize).ToListAsync(http.RequestAborted);
        var page = new JsonObject
        {
            ["id"] = actor.Outbox + http.Request.QueryString, ["type"] = "OrderedCollectionPage", ["partOf"] = actor.Outbox,
            ["orderedItems"] = new JsonArray([.. rows.Select(n => (JsonNode)PreparedNote.Read(n.Body).Activity(actor, n.Key, 0, null))]),
        };
        if (rows.Count == PageSize) page["next"] = $"{actor.Outbox}?page=1&before={rows[^1].Key}";
        return Say(page);
    }

    // How many follow is told; who they are is theirs to tell.
    private static async Task<IResult> Followers(HttpContext http, OwnActor actor) =>
        Say(List(actor.Followers, await Service<Database>(http).Set<FollowerRow>().CountAsync(f => f.Account == actor.Account, http.RequestAborted)));

    private static async Task<IResult> Note(HttpContext http, string name, string key, Func<OwnActor, NoteRow, PreparedNote, JsonObject> show)
    {
        if (await Service<OwnActors>(http).Named(name, http.RequestAborted) is not { } actor) return Results.NotFound();
        var note = await Service<Database>(http).Set<NoteRow>().AsNoTracking().SingleOrDefaultAsync(n => n.Key == key && n.Account == actor.Account && n.IsPublic, http.RequestAborted);
        if (note is null) return Results.NotFound();
        return note.DeletedAt is null ? Say(show(actor, note, PreparedNote.Read(note.Body)))
            : Results.Text(new JsonObject { ["@context"] = "https://www.w3.org/ns/activitystreams", ["id"] = actor.Note(key), ["type"] = "Tombstone" }.ToJsonString(), ActivityJson.Type, Encoding.UTF8, StatusCodes.Status410Gone);
    }

    private static async Task<IResult> Inbox(HttpContext http, string? name)
    {
        var request = http.Request;
        if (await Body(request, http.RequestAborted) is not { } body) return Problems.Refused("too-large", $"An activity may have at most {LargestBody:N0} bytes.", StatusCodes.Status413PayloadTooLarge);
        var headers = request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(", ", h.Value.Select(v => v?.Trim())), StringComparer.Ordinal);
        var target = new Uri($"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}");
        return await Service<TakeActivity>(http).Run(new(request.Method, target, headers, body), name, http.RequestAborted) switch
        {
            Taking.Done => Results.Accepted(),
            Taking.NotTrusted refused => Problems.Refused("bad-signature", $"The activity is not trusted: it {refused.Reason}.", StatusCodes.Status401Unauthorized),
            Taking.Blocked => Problems.Refused("blocked", "Nothing is taken from this server.", StatusCodes.Status403Forbidden),
            Taking.Invalid invalid => Problems.Invalid(invalid.Field, invalid.Reason),
            Taking.Later later => Problems.Refused("later", "Try again: " + later.Reason, StatusCodes.Status503ServiceUnavailable),
            _ => Problems.Unknown("inbox"),
        };
    }

    // Named by what it holds, so it never changes; and it is no page, whatever it holds.
    private static async Task<IResult> Picture(HttpContext http, string hash)
    {
        if (await Service<Database>(http).Set<NotePictureRow>().AsNoTracking().SingleOrDefaultAsync(p => p.Hash == hash, http.RequestAborted) is not { } picture) return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=86400";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(picture.Bytes, picture.MediaType);
    }

    private static async Task<byte[]?> Body(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > LargestBody) return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int n; (n = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + n > LargestBody) return null;
            body.Write(buffer, 0, n);
        }

        return body.ToArray();
    }
}
