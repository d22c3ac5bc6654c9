using Hearth.Ideas.Likeness;
using Hearth.Ideas.Merging;
using Hearth.Ideas.Moderation;
using Hearth.Ideas.DoubleDippers;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

internal sealed class IdeasSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        WatchTables.Build(model);
        model.Entity<Idea>(e =>
        {
            e.ToTable("ideas_ideas");
            e.HasKey(i => i.Number);
            e.Property(i => i.Number).ValueGeneratedOnAdd();
            e.HasIndex(i => i.Id).IsUnique();
            e.HasIndex(i => new { i.Score, i.Number });
            e.HasIndex(i => new { i.Points, i.Number });
            e.HasIndex(i => new { i.At, i.Number });
            e.HasIndex(i => new { i.Rising, i.Number });
            e.HasIndex(i => new { i.Controversy, i.Number });
            e.HasIndex(i => new { i.Category, i.Rising, i.Number }).HasFilter("rising > 0"); // as the lists ask
            e.HasIndex(i => new { i.Category, i.Controversy, i.Number }).HasFilter("controversy > 0");
            e.HasIndex(i => new { i.Status, i.Rising, i.Number }).HasFilter("rising > 0");
            e.HasIndex(i => new { i.Status, i.Controversy, i.Number }).HasFilter("controversy > 0");
            e.HasIndex(i => new { i.Status, i.Score, i.Number });
            e.HasIndex(i => new { i.Status, i.Points, i.Number });
            e.HasIndex(i => new { i.Status, i.At, i.Number });
            e.HasIndex(i => new { i.Category, i.Score, i.Number });
            e.HasIndex(i => new { i.Category, i.Points, i.Number });
            e.HasIndex(i => new { i.Category, i.At, i.Number });
            e.HasIndex(i => new { i.Category, i.Status, i.Score, i.Number });
            e.HasIndex(i => new { i.Author, i.At });
            e.HasIndex(i => new { i.AnsweredAt, i.At });
            e.HasIndex(i => i.MergedInto);
            e.HasIndex(i => i.AnewOf);
            e.HasIndex(i => i.ArchiveAt);
            e.HasIndex(i => new { i.ImplementedAt, i.Number });
            e.HasIndex(i => new { i.Storm, i.Score, i.Number });
            e.HasIndex(i => new { i.Status, i.At });
            e.HasIndex(i => i.BuildsOn);
            e.HasIndex(i => new { i.Owner, i.AnsweredAt, i.At });
        });
        model.Entity<IdeaVote>(e =>
        {
            e.ToTable("ideas_votes");
            e.HasKey(v => new { v.Idea, v.User });
            e.HasIndex(v => new { v.User, v.At });
            e.HasIndex(v => new { v.Idea, v.At });
            e.Property(v => v.Weight).HasDefaultValue(Popularity.WholeVote);
            e.Property(v => v.Held).HasDefaultValue(false);
        });
        model.Entity<IdeaVoteDay>(e =>
        {
            e.ToTable("ideas_vote_days");
            e.HasKey(d => new { d.Idea, d.Day });
        });
        model.Entity<IdeaCount>(e =>
        {
            e.ToTable("ideas_counts");
            e.HasKey(c => new { c.Category, c.Status, c.Answered });
        });
        model.Entity<IdeaAnswerCount>(e =>
        {
            e.ToTable("ideas_answer_counts");
            e.HasKey(c => new { c.Category, c.Hours });
        });
        model.Entity<IdeaComment>(e =>
        {
            e.ToTable("ideas_comments");
            e.HasKey(c => c.Number);
            e.HasIndex(c => c.Id).IsUnique();
            e.HasIndex(c => new { c.Idea, c.Number });
            e.HasIndex(c => new { c.Idea, c.Root, c.Number });
            e.HasIndex(c => new { c.Root, c.Number });
            e.HasIndex(c => new { c.Author, c.At });
        });
        IdeaMerge.Build(model);
        ModerationSchema.Build(model);
        model.Entity<IdeaMove>(e =>
        {
            e.ToTable("ideas_moves");
            e.HasKey(m => m.Number);
            e.HasIndex(m => new { m.Idea, m.Number });
            e.HasIndex(m => new { m.To, m.Number });
        });
        model.Entity<IdeaCategory>(e =>
        {
            e.ToTable("ideas_categories");
            e.HasKey(c => c.Slug);
        });
        model.Entity<IdeaBoard>(e =>
        {
            e.ToTable("ideas_board");
            e.Property(b => b.Id).ValueGeneratedNever();
        });
        Telling.TellingSchema.Build(model);
        Members.MembersTables.Build(model);
        StormTables.Build(model);
        Words.WordsTables.Build(model);
        Desk.DeskTables.Build(model);
        IdeaWordsRow.Build(model);
        Talk.CommentWordsRow.Build(model);
        Likeness.Ranking.RankingTables.Build(model);
        Likeness.Suggested.SuggestedTables.Build(model);
    }

    public IEnumerable<string> Objects(DatabaseKind kind) =>
    [
        "INSERT INTO ideas_categories (slug, name, place) VALUES ('general', 'General', 1000) ON CONFLICT DO NOTHING",
        ImplementedBefore,
        .. IdeaCounting.Objects(kind),
        .. IdeaWordsRow.Objects(kind),
        .. Talk.CommentWordsRow.Objects(kind),
    ];

    // Ideas that were implemented before the day of it was kept: the first move there after the last one elsewhere. Finds none from the second start on.
    private const string ImplementedBefore =
        """
        UPDATE ideas_ideas SET implemented_at = (
            SELECT MIN(m.at) FROM ideas_moves m WHERE m.idea = ideas_ideas.id AND m."to" IN (4, 5)
            AND m.number > COALESCE((SELECT MAX(o.number) FROM ideas_moves o WHERE o.idea = m.idea AND o."to" NOT IN (4, 5)), 0))
        WHERE status IN (4, 5) AND implemented_at IS NULL
        """;
}
