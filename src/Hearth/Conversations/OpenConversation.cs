using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>What became of opening a conversation by hand.</summary>
[JsonDerivedType(typeof(Opened), "opened"), JsonDerivedType(typeof(AlreadyThere), "already-there")]
[JsonDerivedType(typeof(UnknownMention), "unknown-mention"), JsonDerivedType(typeof(OwnPost), "own-post")]
public abstract record Opening
{
    private Opening() { }

    public sealed record Opened(ConversationId Conversation) : Opening;

    /// <summary>The author's conversation in this thread was there before; the mention is in it.</summary>
    public sealed record AlreadyThere(ConversationId Conversation) : Opening;

    /// <summary>There is no such mention, or it was removed at its source.</summary>
    public sealed record UnknownMention : Opening;

    /// <summary>The brand does not talk with itself.</summary>
    public sealed record OwnPost : Opening;

    /// <summary>Where it is now; null when it is nowhere.</summary>
    [JsonIgnore]
    public ConversationId? Id => this switch { Opened o => o.Conversation, AlreadyThere a => a.Conversation, _ => null };
}

/// <summary>Opens a conversation from a mention that opened none by itself.</summary>
public sealed class OpenConversation
{
    private readonly Database _db;
    private readonly ReadMention _mentions;
    private readonly Threads _threads;

    internal OpenConversation(Database db, ReadMention mentions, Threads threads) => (_db, _mentions, _threads) = (db, mentions, threads);

    public async Task<Opening> For(MentionId mention, Actor by, CancellationToken ct)
    {
        if (await _mentions.Of(mention, ct) is not { IsRemoved: false } view) return new Opening.UnknownMention();
        if (view.IsOwn) return new Opening.OwnPost();
        var (id, opened) = await _db.InTransaction(() => _threads.Take(view, by, quiet: false, ct), ct);
        return opened ? new Opening.Opened(id) : new Opening.AlreadyThere(id);
    }

    /// <summary>The conversations that hold a mention, oldest first: one, or none, or for a post of the brand several.</summary>
    public async Task<IReadOnlyList<ConversationId>> Holding(MentionId mention, CancellationToken ct) =>
        await _db.Set<Entry>().AsNoTracking().Where(e => e.MentionId == mention).OrderBy(e => e.Position).Select(e => e.ConversationId).ToListAsync(ct);

    internal static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations",
            async Task<Results<Created<Opening>, Ok<Opening>, ProblemHttpResult>> (MentionToOpen body, OpenConversation open, HttpContext http, CancellationToken ct) =>
                await open.For(MentionId.From(body.Mention), http.Actor(), ct) switch
                {
                    Opening.Opened o => TypedResults.Created($"/api/v1/conversations/{o.Conversation.Value}", (Opening)o),
                    Opening.AlreadyThere there => TypedResults.Ok((Opening)there),
                    Opening.OwnPost => Problems.Refused("own-post", "This is a post of the brand itself."),
                    _ => Problems.Unknown("mention"),
                })
        .WithName("openConversation").WithTags("Conversations").WithSummary("Open a conversation from a mention, or find the one that holds it").RequireAuthorization("write");
}

/// <summary>Which mention to open a conversation from.</summary>
/// <param name="Mention">Its id.</param>
public sealed record MentionToOpen(Guid Mention);
