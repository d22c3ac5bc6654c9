using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Why a mention was understood as it was.</summary>
/// <param name="Mention">The mention as it stands, corrections included.</param>
/// <param name="Reading">What the reader makes of its text now.</param>
/// <param name="Matches">The words that a saved query found.</param>
/// <param name="CorrectedFields">What a person has set: "sentiment", "intents", "language", "topics" (the aspects too), "emotion".</param>
/// <param name="Model">The latest of the models that read now; null while only the lexicon reads.</param>
/// <param name="Learned">The words that moved the model most, with how much less sure it would be without them (log-odds); empty while only the lexicon reads.</param>
public sealed record Explanation(MentionView Mention, Reading Reading, IReadOnlyList<QueryMatch> Matches, IReadOnlyList<string> CorrectedFields, int? Model, IReadOnlyList<Reason> Learned);

/// <summary>Words of a text that a query found.</summary>
public sealed record QueryMatch(QueryId Query, string Name, int Start, int Length);

/// <summary>Explains a mention. Reading is pure, so the reasons need not be stored: they are found again.</summary>
public sealed class ExplainMention(Database db, ReadMention read, Readers readers)
{
    /// <summary>Explains one mention.</summary>
    /// <returns>Null when there is no such mention.</returns>
    public async Task<Explanation?> Of(MentionId id, CancellationToken ct)
    {
        if (await read.Of(id, ct) is not { } mention) return null;
        var tokens = Tokens.Of(mention.Text);
        var corrected = await db.Set<MentionRow>().Where(m => m.Id == id).Select(m => m.Corrected).SingleAsync(ct);
        var matched = mention.Queries.Select(q => q.Id).ToArray();
        var texts = await db.Set<QueryRow>().AsNoTracking().Where(q => matched.Contains(q.Id)).ToListAsync(ct);
        var matches = from q in texts
                      let parsed = ParseQuery.Read(q.Text) as Parsed.Ok
                      where parsed is not null
                      from span in parsed.Query.Spans(new(mention.Text), tokens).Distinct()
                      orderby span.Start
                      select new QueryMatch(q.Id, q.Name, span.Start, span.Length);
        var reader = await readers.Current(db, ct);
        return new(mention, reader.Read(mention.Text, tokens, null), [.. matches],
            [.. Enum.GetValues<Corrected>().Where(c => c != Corrected.None && corrected.HasFlag(c)).Select(c => c.ToString().ToLowerInvariant())], reader.Version, reader.Because(mention.Text, null));
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapGet("/mentions/{id:guid}/explanation",
            async Task<Results<Ok<Explanation>, ProblemHttpResult>> (Guid id, ExplainMention explain, CancellationToken ct) =>
                await explain.Of(MentionId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("mention"))
        .WithTags("Listening").WithName("explainMention").WithSummary("Why a mention was understood as it was, with the places of the deciding words").RequireAuthorization("read");
}
