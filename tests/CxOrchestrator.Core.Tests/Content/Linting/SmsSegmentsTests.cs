using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Core.Tests.Content.Linting;

/// <summary>The numbers are those of 3GPP TS 23.038 and TS 23.040.</summary>
public sealed class SmsSegmentsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    [InlineData(459, 3)]
    [InlineData(460, 4)]
    public void A_text_of_the_alphabet_has_160_septets_or_153_a_piece(int length, int pieces)
    {
        var size = SmsSegments.Of(new string('a', length));
        Assert.Equal((false, length, pieces), (size.IsUcs2, size.Units, size.Count));
        Assert.Empty(size.Forcing);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    [InlineData(201, 3)]
    [InlineData(202, 4)]
    public void Any_other_has_70_units_or_67_a_piece(int length, int pieces)
    {
        var size = SmsSegments.Of(new string('ก', length));
        Assert.Equal((true, length, pieces), (size.IsUcs2, size.Units, size.Count));
        Assert.Equal(["ก"], size.Forcing);
    }

    [Theory]
    [InlineData("^{}\\[~]|€\f", 20)]
    [InlineData("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà", 127)]
    public void Each_character_of_the_alphabet_takes_a_septet_and_of_the_extension_two(string text, int septets)
    {
        var size = SmsSegments.Of(text);
        Assert.Equal((false, septets), (size.IsUcs2, size.Units));
    }

    [Fact]
    public void An_escaped_character_is_not_cut_in_two() =>
        // 152 septets, then one of two: the second piece begins with it, and 306 septets don't fit into two pieces.
        Assert.Equal((306, 3), (SmsSegments.Of(new string('a', 152) + "€" + new string('a', 152)).Units, SmsSegments.Of(new string('a', 152) + "€" + new string('a', 152)).Count));

    [Fact]
    public void A_surrogate_pair_is_one_character_and_is_not_cut_in_two()
    {
        var size = SmsSegments.Of(new string('a', 66) + "🙂" + new string('a', 66) + "🙂");
        Assert.Equal((136, 3), (size.Units, size.Count));
        Assert.Equal(["🙂"], size.Forcing);
    }

    [Theory]
    [InlineData("ç", "ç")]
    [InlineData("Ça va, ’õ’", "’,õ")]
    [InlineData("`\t`", "`,\t")]
    public void The_characters_that_force_it_are_told_once_each(string text, string forcing) =>
        Assert.Equal(forcing.Split(','), SmsSegments.Of(text).Forcing);

    [Fact]
    public void Half_a_surrogate_pair_is_measured_all_the_same() => Assert.Equal(1, SmsSegments.Of("\uD83D").Units);
}
