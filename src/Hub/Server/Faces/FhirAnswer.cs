using Microsoft.AspNetCore.Http;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Faces;

/// <summary>A resource as an answer.</summary>
internal static class FhirAnswer
{
    public static async Task WriteAsync(HttpResponse response, int status, Resource resource)
    {
        response.StatusCode = status;
        response.ContentType = "application/fhir+json";
        // Whatever it holds is about a person, or can be.
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(FhirJson.Serialize(resource));
    }
}
