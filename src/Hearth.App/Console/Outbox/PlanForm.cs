using System.Globalization;
using Hearth.App.Shared;
using Hearth.Channels;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.App.Desk.Outbox;

/// <summary>What somebody has filled in to post on several accounts.</summary>
/// <param name="Id">The same for a form that is sent twice.</param>
/// <param name="Text">The first wording.</param>
/// <param name="Others">The other wordings, as typed.</param>
/// <param name="Times">How often, as typed.</param>
/// <param name="Zone">IANA name, as typed.</param>
/// <param name="Accounts">What each account is given.</param>
public sealed record PlanForm(Guid Id, string Text, IReadOnlyList<string> Others, string Times, string Zone, IReadOnlyDictionary<ChannelAccountId, PlanForm.Row> Accounts)
{
    /// <summary>How many other wordings the form has room for.</summary>
    public const int MoreWordings = 4;

    /// <summary>One account's part.</summary>
    public sealed record Row(bool Chosen, SendWhen When, string At, string Own);

    public static PlanForm Empty(string text, string zone) => new(Ids.New(), text, [], "1", zone, new Dictionary<ChannelAccountId, Row>());

    public static PlanForm Read(IFormCollection form, IEnumerable<ChannelAccountView> accounts) => new(
        Guid.TryParse(form["id"], out var id) ? id : Ids.New(), form["text"].ToString(), [.. Enumerable.Range(0, MoreWordings).Select(n => form[$"wording-{n}"].ToString())], form["times"].ToString(), form["zone"].ToString(),
        accounts.ToDictionary(a => a.Id, a => new Row(form[$"account-{a.Id.Value}"] == "true", Enum.TryParse<SendWhen>(form[$"when-{a.Id.Value}"], out var when) && Enum.IsDefined(when) ? when : SendWhen.Now,
            form[$"at-{a.Id.Value}"].ToString(), form[$"own-{a.Id.Value}"].ToString())));

    public Row Of(ChannelAccountId account) => Accounts.GetValueOrDefault(account) ?? new(false, SendWhen.Now, "", "");

    /// <summary>As it is posted; what cannot be read is named.</summary>
    public PostPlan? Plan(FormErrors errors)
    {
        if (!int.TryParse(Times, NumberStyles.None, CultureInfo.InvariantCulture, out var times)) errors.Add("times", "must be a whole number");
        if (Zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(Zone.Trim(), out var zone))
        {
            errors.Add("zone", "must be a time zone like Europe/Berlin");
            return null;
        }

        IReadOnlyList<string> wordings = [Text, .. Others.Where(o => !string.IsNullOrWhiteSpace(o))];
        return errors.Any ? null : new(Id, wordings, [.. Accounts.Where(a => a.Value.Chosen).Select(a => new AccountPlan(a.Key, a.Value.When, a.Value.When == SendWhen.At ? SlotTimes.FromField(a.Value.At, zone) : null,
            string.IsNullOrWhiteSpace(a.Value.Own) ? null : [a.Value.Own]))], times);
    }
}
