using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Writing;

/// <summary>A saved reply made ready for one conversation.</summary>
/// <param name="Text">With everything known filled in.</param>
/// <param name="Language">The language of the text that was taken.</param>
/// <param name="Missing">Variables that are still open in the text: nobody knows what belongs there.</param>
public sealed record FilledReply(string Text, string Language, IReadOnlyList<string> Missing);

/// <summary>Fills a saved reply's open places for a conversation, in the language that the person last wrote in.</summary>
public sealed class FillSavedReply(Database db, SavedReplies replies, ReadPeople people, ReadMention mentions, Products products, DisclosurePolicy disclosures)
{
    /// <param name="reply">Which saved reply.</param>
    /// <param name="conversation">For whom.</param>
    /// <param name="agent">Who answers; null when that is not known yet (a rule prepares it): its places stay open then.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>Null when there is no such reply or conversation.</returns>
    public async Task<FilledReply?> For(SavedReplyId reply, ConversationId conversation, Actor? agent, CancellationToken ct)
    {
        if (await replies.Of(reply, ct) is not { } saved) return null;
        if (await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversation, ct) is not { } talk) return null;
        var mention = await mentions.Of(talk.LastMention, ct);
        var language = saved.LanguageFor(mention?.Language);
        var person = talk.PersonId is { } id ? await people.Of(id, ct) : null;
        var product = mention?.Products.Count > 0 ? await products.Of(mention.Products[0].Product, ct) : null;
        var (text, missing) = SavedReplyText.Fill(saved.Texts[language], new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["name"] = person?.Name,
            ["first"] = person?.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(),
            ["handle"] = person?.Handle is { } handle ? "@" + handle : null,
            ["agent"] = agent?.Name,
            ["initials"] = agent?.Initials,
            ["brand"] = (await disclosures.Read(ct)).Brand,
            ["product"] = product?.Name,
            ["number"] = talk.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        return new(text, language, missing);
    }
}
