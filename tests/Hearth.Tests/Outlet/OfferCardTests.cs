using System.Buffers.Binary;
using Hearth.Outlet.Cards;

namespace Hearth.Tests.Outlet;

public class OfferCardTests
{
    private static readonly CardFacts Facts = new("Laptop 15, like new", "449.00 EUR", "899.00 EUR", "25 units left", "refurbished", "Brand");

    [Fact]
    public void The_picture_is_a_png_of_the_size_that_networks_show_and_the_same_for_the_same_facts()
    {
        Assert.SkipUnless(OfferCards.Can(Facts), "This machine has no font with these letters.");
        var cards = new OfferCards();
        var picture = cards.Of(Facts)!;
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture.Png[..4]);
        Assert.Equal((OfferCards.Width, OfferCards.Height), (BinaryPrimitives.ReadInt32BigEndian(picture.Png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(picture.Png.AsSpan(20))));
        Assert.InRange(picture.Png.Length, 5_000, 1_000_000); // Bluesky takes a million bytes
        Assert.Same(picture, cards.Of(Facts with { }));
        Assert.Equal(picture.Tag, new OfferCards().Of(Facts)!.Tag);
        foreach (var other in new[] { Facts with { Left = "24 units left" }, Facts with { Price = "448.00 EUR" }, Facts with { ListPrice = null }, Facts with { Title = "Laptop" }, Facts with { Condition = "new" }, Facts with { Brand = "" } })
        {
            var drawn = cards.Of(other)!;
            Assert.NotEqual(picture.Tag, drawn.Tag);
            Assert.NotEqual(picture.Png, drawn.Png);
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("A title of as many words as an offer may have, which is far more than three lines of large letters can hold on any picture at all")]
    [InlineData("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsuniform")]
    public void Any_title_is_drawn(string title)
    {
        Assert.SkipUnless(OfferCards.Can(Facts with { Title = title }), "This machine has no font with these letters.");
        Assert.NotEmpty(new OfferCards().Of(Facts with { Title = title })!.Png);
    }

    [Fact]
    public void Letters_that_no_font_has_make_no_picture() => Assert.Null(new OfferCards().Of(Facts with { Title = "\uE000\uE001 \uF8F0" })); // of no script
}
