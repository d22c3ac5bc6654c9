using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Publishing;

public enum SendWhen
{
    /// <summary>At once.</summary>
    Now,

    /// <summary>At a time that is named.</summary>
    At,

    /// <summary>In the account's next free slot.</summary>
    Queue,
}

/// <summary>What one account is to post.</summary>
/// <param name="Account">Who speaks.</param>
/// <param name="When">Now, at a time, or in its queue.</param>
/// <param name="At">The time, if it is named.</param>
/// <param name="Wordings">Its own wordings; null or none for those of the plan.</param>
public sealed record AccountPlan(ChannelAccountId Account, SendWhen When = SendWhen.Now, DateTimeOffset? At = null, IReadOnlyList<string>? Wordings = null);

/// <summary>Something that is written once and posted on several accounts.</summary>
/// <param name="Id">Chosen by the writer: the same plan again posts nothing twice.</param>
/// <param name="Wordings">What is said; of several each takes its turn.</param>
/// <param name="Accounts">Where, each once.</param>
/// <param name="Times">How often on each account, from 1 to <see cref="MostTimes"/>; more than once only in queues.</param>
public sealed record PostPlan(Guid Id, IReadOnlyList<string> Wordings, IReadOnlyList<AccountPlan> Accounts, int Times = 1)
{
    /// <summary>The most times that something is repeated.</summary>
    public const int MostTimes = 20;

    internal IEnumerable<AccountError> Errors()
    {
        if (Accounts.Count == 0) yield return new(null, null, new("accounts", "must name at least one account"));
        if (Times is < 1 or > MostTimes) yield return new(null, null, new("times", $"must be from 1 to {MostTimes}"));
        else if (Accounts.Count * Times > PostSeveral.Most) yield return new(null, null, new("times", $"makes more than {PostSeveral.Most} posts"));
        foreach (var account in Accounts)
        {
            if (!Enum.IsDefined(account.When)) yield return new(account.Account, null, new("when", "must be now, at or queue"));
            if (account.When == SendWhen.At && account.At is null) yield return new(account.Account, null, new("at", "must be a date and a time"));
            if (account.When != SendWhen.Queue && Times > 1) yield return new(account.Account, null, new("when", "must be queue for what is repeated"));
        }

        foreach (var twice in Accounts.GroupBy(a => a.Account).Where(g => g.Count() > 1)) yield return new(twice.Key, null, new("account", "is named twice"));
    }

    /// <summary>Its posts: of each account in turn, with the wordings in turn.</summary>
    internal IReadOnlyList<PostDraft> Drafts(Actor author, string? about, DateTimeOffset? before, bool review) =>
        [.. Accounts.SelectMany(a => Enumerable.Range(0, Times).Select(turn => new PostDraft(a.Account, Wording(a, turn), author, null, about, PostSeveral.IdOf(Id, a.Account, turn))
        {
            At = a.When == SendWhen.At ? a.At : null, InQueue = a.When == SendWhen.Queue, Before = before, IsToBeReviewed = review,
        }))];

    /// <summary>The words of a turn, from 0.</summary>
    public string Wording(AccountPlan account, int turn) => (account.Wordings is { Count: > 0 } own ? own : Wordings) is { Count: > 0 } words ? words[turn % words.Count] ?? "" : "";
}
