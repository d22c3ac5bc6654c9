using System.Globalization;
using System.Text;
using Hearth.Channels.Mail;
using Hearth.Governance;

namespace Hearth.Ideas.Telling;

/// <summary>News of ideas as a letter in plain text.</summary>
internal static class DigestLetter
{
    internal static OutgoingMail Of(Mailbox to, IdeaMailWish wish, Guid id, IReadOnlyList<IdeaNotice> notices, int count, IReadOnlyDictionary<IdeaId, string> titles, Mailbox? human)
    {
        string Title(IdeaNotice n) => n.Idea is { } idea && titles.TryGetValue(idea, out var title) ? title : "";
        var end = $"{wish.Home}/ideas/unsubscribe/{wish.Token}";
        var subject = count == 1 && Title(notices[0]) is { Length: > 0 } one ? $"News of “{one}”" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} news of ideas that concern you");
        var text = new StringBuilder("Hello ").Append(to.Name).Append(",\n\n");
        foreach (var notice in notices)
        {
            if (Title(notice) is { Length: > 0 } title) text.Append(title).Append('\n');
            text.Append(notice.Text).Append('\n').Append(Why(notice.Because)).Append('\n');
            if (notice.Idea is { } idea) text.Append(wish.Home).Append("/ideas/").Append(idea.Value).Append('\n');
            text.Append('\n');
        }

        if (count > notices.Count) text.Append(CultureInfo.InvariantCulture, $"And {count - notices.Count:N0} more: {wish.Home}/ideas/notices\n\n");
        text.Append("-- \nYou get this ").Append(wish.Every == MailRhythm.Weekly ? "once a week" : "once a day").Append(" because you asked for it. Another rhythm: ").Append(wish.Home).Append("/ideas/notices\nNo more mail, at once and without signing in: ").Append(end).Append('\n');
        text.Append(human is null ? "" : $"An answer to this mail reaches {human.Name}.\n");
        return new(to.Address, subject, text.ToString(), id, human?.Address, end);
    }

    private static string Why(Because because) => because switch
    {
        Because.Author => "(It is your idea.)",
        Because.Voter => "(You voted on it.)",
        Because.Commenter => "(You spoke about it.)",
        Because.Follower => "(You follow it.)",
        _ => "(It is meant for you.)",
    };
}
