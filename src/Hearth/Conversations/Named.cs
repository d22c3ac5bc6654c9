using Hearth.Governance;

namespace Hearth.Conversations;

/// <summary>Somebody was named in a note of a conversation, last at <see cref="At"/>.</summary>
internal sealed class NamedRow
{
    public required UserId User { get; init; }

    public required ConversationId ConversationId { get; init; }

    public required DateTimeOffset At { get; set; }
}

/// <summary>Whom a note names.</summary>
public static class Named
{
    /// <summary>
    /// After an @, in any case: the whole name ("@Ada Brandt"), the initials ("@AB"), the part of the mail address before its @ ("@ada.brandt"), or the first name when one person alone has it
    /// ("@Ada"). The longest fit counts; what fits nobody, or more than one, names nobody.
    /// </summary>
    public static IReadOnlyList<StaffMember> In(string text, IReadOnlyList<StaffMember> staff)
    {
        var found = new Dictionary<UserId, StaffMember>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && IsWord(text[at - 1])) continue; // within a mail address
            var rest = text[(at + 1)..];
            var fits = staff.SelectMany(s => Calls(s).Select(call => (Member: s, Call: call))).Where(f => f.Call.Length > 0 && Begins(rest, f.Call)).ToList();
            if (fits.Count == 0) continue;
            var longest = fits.Max(f => f.Call.Length);
            if (fits.Where(f => f.Call.Length == longest).DistinctBy(f => f.Member.Id).ToList() is [var one]) found.TryAdd(one.Member.Id, one.Member);
        }

        return [.. found.Values];
    }

    private static IEnumerable<string> Calls(StaffMember s) => [s.Name, s.Initials, s.Email.Split('@')[0], s.Name.Split(' ')[0]];

    private static bool Begins(string rest, string call) => rest.StartsWith(call, StringComparison.OrdinalIgnoreCase) && (rest.Length == call.Length || !IsWord(rest[call.Length]));

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
