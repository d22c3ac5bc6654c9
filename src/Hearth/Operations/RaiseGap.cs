using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Operations;

/// <summary>A gap as given.</summary>
/// <param name="Attribute">Key of the attribute that fell short ("delivery-time").</param>
/// <param name="Expected">What people expected, 1 to 1,000 characters.</param>
/// <param name="Experienced">What they got, 1 to 1,000 characters.</param>
/// <param name="Owner">The department that can remove the cause.</param>
/// <param name="Title">Up to 200 characters; made of product and attribute when empty.</param>
/// <param name="Product">Of which product; null when of none in particular.</param>
/// <param name="Promise">The promise of the catalogue that it breaks.</param>
/// <param name="PromisedWhere">Where it was promised, when the catalogue does not say; up to 300 characters.</param>
/// <param name="PromisedAddress">Where to read that; http or https.</param>
/// <param name="Due">When the owner means to have removed it.</param>
public sealed record GapDraft(string? Attribute, string? Expected, string? Experienced, Department? Owner, string? Title = null, ProductId? Product = null, PromiseId? Promise = null,
    string? PromisedWhere = null, string? PromisedAddress = null, DateTimeOffset? Due = null);

/// <summary>What became of raising or changing a gap.</summary>
public abstract record Raising
{
    private Raising() { }

    public sealed record Done(GapId Gap) : Raising;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Raising;

    public sealed record UnknownConversation : Raising;

    public sealed record UnknownGap : Raising;
}

/// <summary>Puts a cause in front of the department that can remove it.</summary>
public sealed class RaiseGap(Database db, AttachConversation attach, OpenConversation open, ReadConversation conversations, Products products, Attributes attributes, Promises promises, TimeProvider clock)
{
    public const int MaxText = 1000;

    /// <summary>Raises it, with the conversation it comes from when there is one.</summary>
    public async Task<Raising> From(GapDraft draft, ConversationId? conversation, Actor by, CancellationToken ct)
    {
        var errors = await Check(draft, ct);
        if (errors.Count > 0) return new Raising.Invalid(errors);
        var title = await TitleOf(draft, ct);
        if (conversation is { } given && (await conversations.Lines([given], ct)).Count == 0) return new Raising.UnknownConversation();
        return await db.InTransaction<Raising>(async () =>
        {
            var now = clock.Now();
            var gap = new Gap
            {
                Id = GapId.New(), Title = title, AttributeKey = draft.Attribute!, Expected = "", Experienced = "", Owner = draft.Owner!.Value, Stage = GapStage.Open, MovedAt = now,
                RaisedBy = by.Id, RaisedByName = by.Name, RaisedAt = now,
            };
            Fill(gap, draft, title);
            db.Add(gap);
            db.Add(new GapMove { GapId = gap.Id, To = GapStage.Open, By = by.Id, ByName = by.Name, At = now });
            db.Record(new GapRaised(gap.Id, gap.ProductId, gap.AttributeKey, gap.Owner, by.Id, now));
            await db.SaveChangesAsync(ct);
            if (conversation is { } from) await attach.To(gap.Id, from, "gap-raised", by, ct); // conversations are never deleted
            return new Raising.Done(gap.Id);
        }, ct);
    }

    /// <summary>Raises it from a mention, in whose conversation it then stands; one is opened when there is none.</summary>
    public async Task<Raising> From(GapDraft draft, MentionId mention, Actor by, CancellationToken ct)
    {
        var errors = await Check(draft, ct);
        if (errors.Count > 0) return new Raising.Invalid(errors);
        return await open.For(mention, by, ct) is { Id: { } conversation } ? await From(draft, conversation, by, ct) : new Raising.UnknownConversation();
    }

    internal static void Fill(Gap gap, GapDraft draft, string title)
    {
        gap.Title = title;
        (gap.ProductId, gap.AttributeKey, gap.Owner, gap.Due) = (draft.Product, draft.Attribute!, draft.Owner!.Value, draft.Due);
        (gap.Expected, gap.Experienced) = (Clean(draft.Expected)!, Clean(draft.Experienced)!);
        (gap.PromiseId, gap.PromisedWhere, gap.PromisedAddress) = (draft.Promise, Clean(draft.PromisedWhere), Clean(draft.PromisedAddress));
    }

    internal async Task<string> TitleOf(GapDraft draft, CancellationToken ct)
    {
        if (Clean(draft.Title) is { } given) return given;
        var attribute = (await attributes.All(true, ct)).Single(a => a.Key == draft.Attribute).Name;
        return draft.Product is { } product && await products.Of(product, ct) is { } found ? $"{found.Name}: {char.ToLowerInvariant(attribute[0])}{attribute[1..]}" : attribute;
    }

    internal async Task<IReadOnlyList<FieldError>> Check(GapDraft draft, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (string.IsNullOrEmpty(draft.Attribute) || (await attributes.All(true, ct)).All(a => a.Key != draft.Attribute)) errors.Add(new("attribute", "must be one of the catalogue"));
        if (string.IsNullOrWhiteSpace(draft.Expected) || draft.Expected.Length > MaxText) errors.Add(new("expected", $"must have 1 to {MaxText:N0} characters"));
        if (string.IsNullOrWhiteSpace(draft.Experienced) || draft.Experienced.Length > MaxText) errors.Add(new("experienced", $"must have 1 to {MaxText:N0} characters"));
        if (draft.Owner is null) errors.Add(new("owner", "must be a department"));
        if (draft.Title?.Length > 200) errors.Add(new("title", "must have at most 200 characters"));
        if (draft.PromisedWhere?.Length > 300) errors.Add(new("promisedWhere", "must have at most 300 characters"));
        if (!Promises.IsWebAddress(draft.PromisedAddress)) errors.Add(new("promisedAddress", "must be an http or https address"));
        if (draft.Product is { } product && await products.Of(product, ct) is null) errors.Add(new("product", "is not in the catalogue"));
        if (draft.Promise is { } promise && await promises.Of(promise, ct) is null) errors.Add(new("promise", "is not in the catalogue"));
        return errors;
    }

    internal static void Map(IEndpointRouteBuilder gaps) => gaps.MapPost("/",
            async Task<Results<Created<GapView>, ProblemHttpResult>> (GapToRaise body, RaiseGap raise, ReadGap read, HttpContext http, CancellationToken ct) =>
            {
                var outcome = body.Mention is { } mention && body.Conversation is null
                    ? await raise.From(body.Gap, MentionId.From(mention), http.Actor(), ct)
                    : await raise.From(body.Gap, body.Conversation is { } c ? ConversationId.From(c) : null, http.Actor(), ct);
                return outcome switch
                {
                    Raising.Done done => TypedResults.Created($"/api/v1/gaps/{done.Gap.Value}", await read.Of(done.Gap, ct)),
                    Raising.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("conversation"),
                };
            })
        .WithName("raiseGap").WithSummary("Raise a gap, from a conversation, a mention or neither").RequireAuthorization("write");

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A gap and where it comes from.</summary>
/// <param name="Gap">The gap.</param>
/// <param name="Conversation">A conversation that speaks of it.</param>
/// <param name="Mention">A mention that does; its conversation is opened when there is none.</param>
public sealed record GapToRaise(GapDraft Gap, Guid? Conversation = null, Guid? Mention = null);
