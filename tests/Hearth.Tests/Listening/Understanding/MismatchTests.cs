using Hearth.Listening.Understanding;

namespace Hearth.Tests.Listening.Understanding;

/// <summary>Posts written for this project, as customers of many trades write them.</summary>
public class MismatchTests
{
    [Theory]
    [InlineData("I was promised delivery on Tuesday, it is Friday and still no parcel.", "delivery-time", "delivery on Tuesday")]
    [InlineData("Battery is supposed to last 10 hours but only lasts 3", "battery", "last 10 hours")]
    [InlineData("The hinge cracks after two weeks, I expected solid metal", "quality", "solid metal")]
    [InlineData("they said it would take 24 hours, now it's been 5 days and no reply", "support-wait", "it would take 24 hours")]
    [InlineData("Akku hält nur 3 Stunden statt 10 Stunden", "battery", "10 Stunden")]
    [InlineData("Das Paket sollte gestern kommen, aber ist immer noch nicht da", "delivery-time", "gestern kommen")]
    [InlineData("Me prometieron el pedido para el lunes pero todavía no ha llegado", "delivery-time", "el pedido para el lunes")]
    [InlineData("La batterie devait tenir 10 heures mais elle tient 2 heures", "battery", "tenir 10 heures")]
    [InlineData("A entrega era para segunda, mas até agora não chegou", "delivery-time", "segunda")]
    public void What_was_expected_is_found_where_it_is_said(string text, string attribute, string expected)
    {
        var found = Assert.Single(Understand.Read(text).Mismatches, m => m.Expected is not null);

        Assert.Equal(attribute, found.Attribute);
        Assert.Equal(expected, Words(text, found.Expected));
    }

    [Theory]
    [InlineData("@air my flight was delayed 3 hours and nobody told us anything", "delay", "flight was delayed 3 hours")]
    [InlineData("You lost my bag AGAIN", "luggage", "lost my bag")]
    [InlineData("My suitcase arrived with a broken wheel", "damage", "suitcase arrived with a broken")]
    [InlineData("Two hours on hold and then they hung up on me", "support-wait", "Two hours on hold")]
    [InlineData("Unable to log in to my account for three days", "website", "Unable to log in to my account for three days")]
    [InlineData("The stewardess was so rude to my mother", "staff", "stewardess was so rude")]
    [InlineData("Le colis n'est jamais arrivé", "delivery-time", "colis n'est jamais arrivé")]
    public void What_was_experienced_is_the_failure_with_what_failed_and_how_much(string text, string attribute, string delivered)
    {
        var found = Understand.Read(text).Mismatches[0];

        Assert.Equal(attribute, found.Attribute);
        Assert.Equal(delivered, Words(text, found.Delivered));
    }

    [Theory]
    [InlineData("Instead of two days it took nine days to arrive", 2, 9, 7, "days")]
    [InlineData("You charged me $150 instead of $99, fix it", 99, 150, 51, "USD")]
    [InlineData("Battery is supposed to last 10 hours but only lasts 3", 10, 3, 7, "hours")]
    [InlineData("they said it would take 24 hours, now it's been 5 days and no reply", 24, 120, 96, "hours")]
    [InlineData("Akku hält nur 3 Stunden statt 10 Stunden", 10, 3, 7, "hours")]
    public void A_difference_of_numbers_has_a_size_in_one_unit(string text, int expected, int delivered, int difference, string unit) =>
        Assert.Equal(new MismatchSize(expected, delivered, difference, unit), Understand.Read(text).Mismatches[0].Size);

    [Theory]
    [InlineData("flight delayed 3 hours", 3, "hours")]
    [InlineData("My train was 2.5 hours late", 2.5, "hours")]
    [InlineData("a 45min delay again", 45, "minutes")]
    [InlineData("Mein Zug hat zwei Stunden Verspätung", 2, "hours")]
    [InlineData("I was promised delivery on Tuesday, it is Friday and still no parcel.", 3, "days")]
    public void Lateness_is_a_difference_by_itself(string text, double difference, string unit)
    {
        var size = Understand.Read(text).Mismatches[0].Size;

        Assert.Equal(new MismatchSize(null, null, (decimal)difference, unit), size);
    }

    [Theory]
    [InlineData("Thank you for the quick delivery!")]
    [InlineData("The flight was on time and the crew was lovely")]
    [InlineData("can't wait to receive my new phone!")]
    [InlineData("No delays today, great job")]
    [InlineData("What time does the store open?")]
    [InlineData("late night snack at the airport")]
    [InlineData("Danke für die schnelle Lieferung")]
    [InlineData("Gracias por la entrega tan rápida")]
    public void What_is_well_falls_short_of_nothing(string text) => Assert.Empty(Understand.Read(text).Mismatches);

    [Fact]
    public void What_is_asked_or_hoped_is_less_sure_than_what_happened()
    {
        var happened = Understand.Read("My flight is delayed").Mismatches[0].Sure;
        var asked = Understand.Read("Is my flight delayed?").Mismatches;

        Assert.True(asked.Count == 0 || asked[0].Sure < happened, "a question is as sure as a report");
        Assert.True(Understand.Read("I was told Monday but my parcel still hasn't arrived").Mismatches[0].Sure > happened);
    }

    [Fact]
    public void One_post_may_tell_of_several_and_each_attribute_once()
    {
        var found = Understand.Read("We sat on the tarmac for two hours, missed my connection, and then my bag was lost. Lost my bag!").Mismatches;

        Assert.Equal(["connection", "delay", "luggage"], found.Select(m => m.Attribute).Order());
    }

    [Fact]
    public void An_amount_belongs_to_the_mismatch_it_stands_with()
    {
        var found = Understand.Read("Flight delayed 3 hours and the food was cold").Mismatches;

        Assert.Equal(3, found.Single(m => m.Attribute == "delay").Size?.Difference);
        Assert.Null(found.Single(m => m.Attribute == "food").Size);
    }

    [Fact]
    public void Places_lie_inside_the_text_whatever_it_is()
    {
        var random = new Random(11);
        string[] words = ["promised", "but", "delayed", "3", "hours", "$5", "not", "instead", "of", "flight", "lost", "bag", ".", "?", "😡", "late", "Tuesday", "was", "told", "an", "2.5", "hrs", "@air", ",", "supposed", "to", "wifi", "never", "arrived"];
        for (var n = 0; n < 3_000; n++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 25)).Select(_ => words[random.Next(words.Length)]));
            var reading = Understand.Read(text);
            foreach (var span in reading.Mismatches.SelectMany(m => new[] { m.Expected, m.Delivered, m.About }).OfType<Hearth.Listening.TextSpan>()) Assert.InRange(span.Start + span.Length, span.Length, text.Length);
            Assert.All(reading.Mismatches, m => Assert.InRange(m.Sure, 0.3, 1));
            Assert.All(reading.Mismatches, m => Assert.True(m.Size?.Difference is null or >= 0, text));
        }
    }

    private static string? Words(string text, Hearth.Listening.TextSpan? span) => span is { } s ? text.Substring(s.Start, s.Length) : null;
}
