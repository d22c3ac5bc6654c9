using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Publishing;

public class CorrectionTests
{
    private static readonly Actor Lea = new(UserId.New(), "Lea Moor", "LM", Department.Legal, Role.Lead);
    private static readonly FactualCorrection Right = new("The hinge is plastic", "https://acme.example/hinge");

    private static Task<Publication> Correct(PublishingHouse house, FactualCorrection? correction, Actor? by = null, string text = "It is brass.") =>
        house.Queue(p => p.Reply(new ReplyDraft(PublishingHouse.Fan, text, by ?? PublishingHouse.Ada) { Correction = correction, IsToBeReviewed = true }, default));

    // One of the brand's people, as Governance keeps them.
    private static async Task<Actor> Employ(TestHouse house, string name, Role role)
    {
        var owner = new Actor(UserId.New(), "Olga", "O", Department.Care, Role.Owner);
        var invited = Assert.IsType<StaffOutcome.Invited>(await house.With<ManageStaff, StaffOutcome>(m => m.Invite(owner, name, $"{name.ToLowerInvariant()}@acme.example", Department.Care, role, default)));
        return (await house.With<Staff, StaffMember?>(s => s.Find(invited.User)))!.Actor();
    }

    [Theory, EveryDatabase]
    public async Task It_needs_the_claim_the_evidence_and_an_author_certified_for_it(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var bea = await Employ(house.House, "Bea", Role.Agent);
        Assert.Equal("correction.claim", Assert.IsType<Publication.Invalid>(await Correct(house, Right with { Claim = " " }, bea)).Field);
        Assert.Equal("correction.evidence", Assert.IsType<Publication.Invalid>(await Correct(house, Right with { Evidence = "trust me" }, bea)).Field);
        Assert.Equal(new Publication.NotCertified(CertificationLevel.Product), await Correct(house, Right, bea));

        var granted = Assert.IsType<Granting.Done>(await Grant(house.House, Lea, bea, CertificationLevel.Company, 30));
        Assert.Equal(new Publication.NotCertified(CertificationLevel.Safety), await Correct(house, Right with { Of = CertificationLevel.Safety }, bea));
        var made = Assert.IsType<Publication.Queued>(await Correct(house, Right, bea)); // a higher one holds those below
        Assert.Equal($"It is brass.\nhttps://acme.example/hinge\n^{bea.Initials}, Care at Brand", made.Text);
        var message = await house.Read(made.Message);
        Assert.Equal((Right.Claim, Right.Evidence, granted.Certificate.Id.Value), (message.CorrectedClaim, message.Evidence, message.Certificate));
    }

    [Theory, EveryDatabase]
    public async Task A_certificate_ends_by_its_day_or_when_it_is_taken_back(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var bea = await Employ(house.House, "Bea", Role.Agent);
        var first = Assert.IsType<Granting.Done>(await Grant(house.House, Lea, bea, CertificationLevel.Product, 30)).Certificate;
        Assert.IsType<Publication.Queued>(await Correct(house, Right, bea));
        house.Clock.Advance(TimeSpan.FromDays(30));
        Assert.IsType<Publication.NotCertified>(await Correct(house, Right, bea));

        var second = Assert.IsType<Granting.Done>(await Grant(house.House, Lea, bea, CertificationLevel.Product, 30)).Certificate;
        Assert.IsType<Publication.Queued>(await Correct(house, Right, bea));
        Assert.True(await house.House.With<Certifications, bool>(c => c.Revoke(Lea, second.Id, default)));
        Assert.False(await house.House.With<Certifications, bool>(c => c.Revoke(Lea, second.Id, default)));
        Assert.IsType<Publication.NotCertified>(await Correct(house, Right, bea));
        Assert.Equal([second.Id, first.Id], (await house.House.With<Certifications, IReadOnlyList<CertificateView>>(c => c.All(default))).Select(c => c.Id));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_certifies_themselves_and_agents_certify_nobody(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var (bea, lou) = (await Employ(house.House, "Bea", Role.Agent), await Employ(house.House, "Lou", Role.Lead));
        Assert.IsType<Granting.NotAllowed>(await Grant(house.House, lou, lou, CertificationLevel.Product, 30));
        Assert.IsType<Granting.NotAllowed>(await Grant(house.House, bea, lou, CertificationLevel.Product, 30));
        Assert.Equal("days", Assert.IsType<Granting.Invalid>(await Grant(house.House, lou, bea, CertificationLevel.Product, 0)).Field);
        Assert.Equal("user", Assert.IsType<Granting.Invalid>(await Grant(house.House, lou, bea with { Id = UserId.New() }, CertificationLevel.Product, 30)).Field);
    }

    [Theory, EveryDatabase]
    public async Task Signature_and_affiliation_are_those_of_the_network_and_the_country(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        async Task<string> Signed() => (await house.House.With<Publish, Preview>(p => p.PreviewReply(PublishingHouse.Fan, "Hi", PublishingHouse.Ada, default))).Text;
        NetworkVoice[] voices = [new("bluesky", null, "{name}, {brand}", null), new(null, "DE", null, "Acme GmbH, acme.example/imprint"), new("mastodon", "DE", "{initials} {brand}", null)];
        Assert.IsType<PolicyChange.Done>(await house.House.With<SpeakingPolicies, PolicyChange>(p => p.Set(new("Acme", Disclosure.DefaultFormat, voices, ApprovalRules.None), Lea, default)));
        Assert.Equal("Hi\nAda Byron, Acme", await Signed());
        Assert.Equal((true, null), await house.House.With<ChannelAccounts, (bool, FieldError?)>(a => a.SetCountry(house.Account, "de", default)));
        Assert.Equal("Hi\nAda Byron, Acme\nAcme GmbH, acme.example/imprint", await Signed());
        Assert.Equal(new PolicyChange.Meanwhile(1), await house.House.With<SpeakingPolicies, PolicyChange>(p => p.Set(new("Other", Disclosure.DefaultFormat, [], ApprovalRules.None), Lea, default)));
        Assert.Equal("Acme", (await house.House.With<SpeakingPolicies, PolicyVersion?>(p => p.Version(1, default)))!.Policy.Brand);
        Assert.Equal("voices.country", Assert.Single(Assert.IsType<PolicyChange.Invalid>(await house.House.With<SpeakingPolicies, PolicyChange>(p => p.Set(
            new SpeakingPolicy("Acme", Disclosure.DefaultFormat, [new(null, "Germany", null, "x")], ApprovalRules.None) { Version = 1 }, Lea, default))).Errors).Field);
    }

    private static Task<Granting> Grant(TestHouse house, Actor by, Actor whom, CertificationLevel level, int days) => house.With<Certifications, Granting>(c => c.Grant(by, whom.Id, level, days, default));
}
