using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Conversations.Writing;

/// <summary>What helps people write, for programs.</summary>
internal static class WritingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var replies = api.MapGroup("/saved-replies").WithTags("Saved replies");
        replies.MapGet("/", async Task<Ok<IReadOnlyList<SavedReplyView>>> (SavedReplies all, CancellationToken ct) => TypedResults.Ok(await all.All(ct)))
            .WithName("listSavedReplies").WithSummary("The replies that the team keeps, by title").RequireAuthorization("read");
        replies.MapGet("/{id:guid}", async Task<Results<Ok<SavedReplyView>, ProblemHttpResult>> (Guid id, SavedReplies all, CancellationToken ct) =>
                await all.Of(SavedReplyId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("saved reply"))
            .WithName("getSavedReply").WithSummary("A saved reply with all its texts").RequireAuthorization("read");
        replies.MapPost("/", async Task<Results<Created<SavedReplyView>, ProblemHttpResult>> (SavedReplyDraft body, SavedReplies all, HttpContext http, CancellationToken ct) =>
                await all.Add(body, http.Actor(), ct) switch
                {
                    KeptSavedReply.Done done => TypedResults.Created($"/api/v1/saved-replies/{done.Reply.Id.Value}", done.Reply),
                    KeptSavedReply.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("saved reply"),
                })
            .WithName("addSavedReply").WithSummary("Keep a reply for use again").RequireAuthorization("write");
        replies.MapPut("/{id:guid}", async Task<Results<Ok<SavedReplyView>, ProblemHttpResult>> (Guid id, SavedReplyDraft body, SavedReplies all, HttpContext http, CancellationToken ct) =>
                await all.Change(SavedReplyId.From(id), body, http.Actor(), ct) switch
                {
                    KeptSavedReply.Done done => TypedResults.Ok(done.Reply),
                    KeptSavedReply.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("saved reply"),
                })
            .WithName("changeSavedReply").WithSummary("Change a saved reply").RequireAuthorization("write");
        replies.MapDelete("/{id:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, SavedReplies all, CancellationToken ct) =>
                await all.Remove(SavedReplyId.From(id), ct) ? TypedResults.NoContent() : Problems.Unknown("saved reply"))
            .WithName("removeSavedReply").WithSummary("Throw a saved reply away").RequireAuthorization("write");

        var conversations = api.MapGroup("/conversations/{id:guid}").WithTags("Conversations");
        conversations.MapGet("/saved-replies/{reply:guid}", async Task<Results<Ok<FilledReply>, ProblemHttpResult>> (Guid id, Guid reply, FillSavedReply fill, HttpContext http, CancellationToken ct) =>
                await fill.For(SavedReplyId.From(reply), ConversationId.From(id), http.Actor(), ct) is { } filled ? TypedResults.Ok(filled) : Problems.Unknown("saved reply or conversation"))
            .WithName("fillSavedReply").WithSummary("A saved reply made ready for a conversation, in the person's language").RequireAuthorization("read");
        conversations.MapGet("/draft", async Task<Results<Ok<DraftView>, NoContent>> (Guid id, Drafts drafts, HttpContext http, CancellationToken ct) =>
                await drafts.Of(ConversationId.From(id), http.Actor().Id, ct) is { } draft ? TypedResults.Ok(draft) : TypedResults.NoContent())
            .WithName("getDraft").WithSummary("Your answer that is not sent yet, or the one prepared for whoever answers").RequireAuthorization("read");
        conversations.MapPut("/draft", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, DraftBody body, Drafts drafts, HttpContext http) =>
            {
                if (body.Text?.Length > Drafts.MaxText) return Problems.Invalid("text", $"must have at most {Drafts.MaxText:N0} characters");
                return await drafts.Put(ConversationId.From(id), http.Actor(), body.Text ?? "", body.Version, CancellationToken.None) // short, and not torn when the page is left
                    ? TypedResults.NoContent() : Problems.Refused("not-kept", "There is no such conversation, or your answer was sent meanwhile.");
            })
            .WithName("keepDraft").WithSummary("Keep your answer as far as it is written; a blank one takes it away").RequireAuthorization("write");
        conversations.MapDelete("/draft", async Task<NoContent> (Guid id, Drafts drafts, HttpContext http, CancellationToken ct) =>
            {
                await drafts.Clear(ConversationId.From(id), http.Actor().Id, ct);
                return TypedResults.NoContent();
            })
            .WithName("dropDraft").WithSummary("Throw away your answer, and the one prepared for whoever answers").RequireAuthorization("write");
    }
}

/// <summary>An answer as far as it is written.</summary>
/// <param name="Text">Without signature, up to 20,000 characters.</param>
/// <param name="Version">Of the conversation as you saw it: what comes after your own answer was sent is not kept.</param>
public sealed record DraftBody(string? Text, int? Version = null);
