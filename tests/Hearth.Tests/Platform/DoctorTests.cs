using Hearth.Platform;
using Hearth.Platform.Toys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Platform;

public class DoctorTests
{
    [Theory, EveryDatabase]
    public async Task A_set_up_that_is_well_has_no_complaint(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.All(await house.With<Doctor, IReadOnlyList<Finding>>(d => d.Examine(default)), f => Assert.Equal(Severity.Fine, f.Severity));
    }

    [Theory, EveryDatabase]
    public async Task A_parked_fact_and_a_failed_job_are_told_with_what_to_do(DatabaseKind kind)
    {
        var trouble = new ToyTrouble { On = (_, _) => throw new InvalidOperationException("broken") };
        await using var house = await TestHouse.Create(kind, s => s.AddToys(trouble).AddLogging(l => l.SetMinimumLevel(LogLevel.None)));
        await house.With<Database>(Toys.MakeTable);
        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            db.Record(new ToyMoved("a", 1));
            db.Enqueue(new PaintToy(1), house.Clock.Now());
            await db.SaveChangesAsync();
        });
        for (var i = 0; i < 14; i++)
        {
            await house.Settle();
            house.Clock.Advance(TimeSpan.FromMinutes(11));
        }

        var findings = await house.With<Doctor, IReadOnlyList<Finding>>(d => d.Examine(default));
        Assert.Contains(findings, f => f is { Area: "facts", Severity: Severity.Wrong, Remedy: not null });
        Assert.Contains(findings, f => f is { Area: "jobs", Severity: Severity.Warning, Remedy: not null });
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_a_finding_and_no_crash()
    {
        var at = DatabaseLocation.Of(Directory.CreateTempSubdirectory("hearth-doctor-").FullName, "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
        await using var services = new ServiceCollection().AddLogging().AddHearth(at).BuildServiceProvider();
        Assert.Contains(await services.GetRequiredService<Doctor>().Examine(default), f => f is { Area: "database", Severity: Severity.Wrong });
        Directory.Delete(at.DataDirectory);
    }
}
