using Vkp.Adapters;
using Vkp.Hub.Notifications;

namespace Vkp.Hub.Tests.Notifications;

public class DocumentFilterTests
{
    private static readonly string[] Forms = ["Bundle", "Composition", "MedicationDispense"];

    private static readonly OfferedDocument Alarm = new("Bundle", Lane.Alarm, "Respons_Test_Eksempel", "Skyresponse");

    [Theory]
    [InlineData("Bundle", true)]
    [InlineData("Composition", false)]
    [InlineData("Bundle?lane=alarm", true)]
    [InlineData("Bundle?lane=clinical,routine", false)]
    [InlineData("Bundle?lane=alarm&_tag=Skyresponse", true)]
    [InlineData("Bundle?lane=alarm&_tag=Annen", false)]
    [InlineData("Bundle?_tag=https%3A%2F%2Ffhir.jft.nhn.no%2Fsource-client-name%7CRespons_Test_Eksempel", true)]
    [InlineData("Bundle?_tag=https%3A%2F%2Ffhir.jft.nhn.no%2Fsource-system-name%7CRespons_Test_Eksempel", false)]
    public void A_filter_passes_what_it_names(string text, bool passes) => Assert.Equal(passes, DocumentFilter.Pass([DocumentFilter.Parse(text, Forms)!], Alarm));

    [Theory]
    [InlineData("Patient?name=Nordmann")]
    [InlineData("Bundle?patient=1")]
    [InlineData("Bundle?lane=fast")]
    [InlineData("Bundle?lane=")]
    [InlineData("Bundle?lane")]
    [InlineData("")]
    public void What_it_cannot_be_asked_is_no_filter(string text) => Assert.Null(DocumentFilter.Parse(text, Forms));

    [Fact]
    public void Without_filters_everything_passes() => Assert.True(DocumentFilter.Pass([], Alarm));

    [Fact]
    public void Filters_about_other_kinds_do_not_hold_back_and_all_about_its_own_must_hold()
    {
        DocumentFilter[] filters = [DocumentFilter.Parse("Composition?lane=routine", Forms)!, DocumentFilter.Parse("Bundle?lane=alarm", Forms)!];
        Assert.True(DocumentFilter.Pass(filters, Alarm));
        Assert.False(DocumentFilter.Pass([.. filters, DocumentFilter.Parse("Bundle?_tag=Annen", Forms)!], Alarm));
    }
}
