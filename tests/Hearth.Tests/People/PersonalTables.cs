using System.Collections.Frozen;

namespace Hearth.Tests.People;

/// <summary>Where in a person's copy the words of a table are.</summary>
/// <param name="Copy">The file that has them; null when another has the same, or the copy has no use for them.</param>
/// <param name="Why">Then: why.</param>
internal sealed record InCopy(string? Copy, string? Why = null);

/// <summary>Each table that may hold words of people. A table that is not here and holds some is a table that nobody thought of.</summary>
internal static class PersonalTables
{
    private const string Facts = "says again what another table says, to hand it on";
    private const string Index = "an index of words that stand elsewhere";

    public static readonly FrozenDictionary<string, InCopy> All = new Dictionary<string, InCopy>(StringComparer.Ordinal)
    {
        ["people_persons"] = new("people/persons.json"),
        ["people_identities"] = new("people/accounts.json"),
        ["people_consents"] = new("people/consents.json"),
        ["people_signs"] = new("people/signs.json"),
        ["people_proposals"] = new(null, "what speaks for two accounts being one is the other's as much as theirs"),
        ["listening_mentions"] = new("listening/posts.json"),
        ["listening_corrections"] = new("listening/corrections.json"),
        ["listening_tombstones"] = new(null, "a reminder not to take in what was deleted"),
        ["listening_notices"] = new(null, "what people of ours told each other, of a note that is in the copy"),
        ["conversations_conversations"] = new(null, Index),
        ["conversations_entries"] = new("conversations/timeline.json"),
        ["conversations_drafts"] = new("conversations/drafts.json"),
        ["conversations_rating_asks"] = new("ratings/ratings.json"),
        ["publishing_messages"] = new("conversations/replies.json"),
        ["publishing_decisions"] = new("conversations/decisions.json"),
        ["publishing_pictures"] = new("conversations/pictures.json"),
        ["channels_placed_posts"] = new(null, "says again what is to be sent"),
        ["channels_letters"] = new("channels/letters.json"),
        ["channels_letter_files"] = new("channels/files.json"),
        ["channels_activitypub_peers"] = new("fediverse/profiles.json"),
        ["channels_activitypub_followers"] = new("fediverse/follows.json"),
        ["channels_activitypub_inbox"] = new("fediverse/activities.json"),
        ["channels_activitypub_reactions"] = new("fediverse/reactions.json"),
        ["channels_activitypub_notes"] = new("fediverse/answers.json"),
        ["channels_activitypub_sent"] = new(null, "on its way, for days; the answers are in the copy"),
        ["channels_activitypub_deliveries"] = new(null, "where something is on its way to, for minutes"),
        ["channels_activitypub_hosts"] = new(null, "what is known of a server, not of who lives there"),
        ["ideas_ideas"] = new("ideas/ideas.json"),
        ["ideas_comments"] = new("ideas/comments.json"),
        ["ideas_texts"] = new("ideas/earlier-texts.json"),
        ["ideas_images"] = new("ideas/pictures.json"),
        ["ideas_notices"] = new("ideas/told.json"),
        ["ideas_news"] = new(null, "the board's news, open to everybody"),
        ["ideas_said_alike"] = new(null, "a title that somebody else was about to post"),
        ["ideas_words"] = new(null, Index),
        ["ideas_comment_words"] = new(null, Index),
        ["operations_cause_mentions"] = new("operations/causes.json"),
        ["outlet_claims"] = new("outlet/claims.json"),
        ["outlet_waiting"] = new("outlet/waiting.json"),
        ["outlet_digest_asks"] = new("outlet/digest-asks.json"),
        ["outlet_digest_subscribers"] = new("outlet/digests.json"),
        ["outlet_digest_letters"] = new("outlet/digest-letters.json"),
        ["outlet_clicks"] = new("outlet/clicks.json"),
        ["outlet_share_links"] = new("outlet/share-links.json"),
        ["platform_facts"] = new(null, Facts),
        ["platform_jobs"] = new(null, Facts),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
