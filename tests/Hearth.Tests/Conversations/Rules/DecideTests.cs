using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Governance;

namespace Hearth.Tests.Conversations.Rules;

public class DecideTests
{
    /// <summary>Whatever rules there are: each acts at most once for an event, and deciding ends.</summary>
    [Fact]
    public void However_rules_answer_one_another_each_acts_at_most_once_for_an_event()
    {
        var random = new Random(20_261_122);
        for (var trial = 0; trial < 3_000; trial++)
        {
            var rules = Enumerable.Range(1, random.Next(1, 12)).Select(n => new ActingRule(n, 1, "", default, new(
                new(random.Next(3) == 0 ? RuleMoment.Arrives : RuleMoment.Changes, random.Next(2) == 0 ? null : [(RuleChange)random.Next(3)]),
                new(Priorities: Some([ConversationPriority.None, ConversationPriority.Watch, ConversationPriority.Urgent]), Departments: Some<Department>([Department.Care, Department.Legal])),
                new(random.Next(2) == 0 ? (Department)random.Next(3) : null, Priority: random.Next(2) == 0 ? (ConversationPriority)random.Next(3) : null, Labels: [$"label{random.Next(3)}"], Stop: random.Next(9) == 0)))).ToList();
            var begin = new RuleScene { Network = "file", Department = random.Next(2) == 0 ? Department.Care : null };
            var (acting, after) = Decide.Run(rules, begin, random.Next(2) == 0 ? RuleMoment.Arrives : RuleMoment.Changes, null);

            Assert.Equal(acting.Count, acting.Distinct().Count());
            var (state, stopped) = (begin, false);
            foreach (var rule in acting)
            {
                Assert.False(stopped);
                Assert.True(Decide.Holds(rule.Body.If, state)); // what it saw held when it acted
                state = state.After(rule.Body.Then, new HashSet<RuleChange>());
                stopped = rule.Body.Then.Stop;
            }

            Assert.Equal((state.Department, state.Priority), (after.Department, after.Priority));
            Assert.True(state.Labels.SetEquals(after.Labels));
        }

        IReadOnlyList<T>? Some<T>(T[] of) => random.Next(3) == 0 ? [of[random.Next(of.Length)]] : null;
    }
}
