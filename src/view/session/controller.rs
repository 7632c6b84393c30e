//! An Ingress controller, offered where a text has none: an Ingress alone does nothing.

use super::Model;
use kubehop_engine::causes::Cause;
use kubehop_engine::cluster::object::DEFAULT_CLASS_ANNOTATION;
use kubehop_engine::diagnostic::{Fault, IngressConfigFault};
use kubehop_engine::manifest::edit::appended;
use kubehop_engine::trace::usual_installation;

/// The class of an Ingress that names none: that of the most common controller.
const USUAL: &str = "nginx";

impl Model {
    /// The usual controller of an Ingress's class, with that class, as the fix of a text that has no class.
    pub(super) fn with_controller_fix(&self, cause: Cause) -> Cause {
        let has_classes = !self.network.cluster().ingress_classes.is_empty();
        let documents = match &cause.fault {
            Fault::Ingress(IngressConfigFault::IngressClassMissing { class, .. }) => {
                controller(class, "")
            }
            Fault::Ingress(IngressConfigFault::IngressWithoutClass { .. }) => controller(
                USUAL,
                &format!("  annotations:\n    {DEFAULT_CLASS_ANNOTATION}: \"true\"\n"),
            ),
            _ => None,
        };
        match documents.filter(|_| !has_classes && cause.fix.is_none()) {
            Some(documents) => cause.with_fix(Some(appended(&self.text, &documents))),
            None => cause,
        }
    }
}

/// What the installation of a controller brings that decides where requests go; `None` for a class whose controller is not
/// known.
fn controller(class: &str, annotations: &str) -> Option<String> {
    let (controller, name) = usual_installation(class)?;
    Some(format!(
        "\
apiVersion: v1
kind: Namespace
metadata:
  name: {name}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: {class}
{annotations}spec:
  controller: {controller}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}-controller
  namespace: {name}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: {name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {name}
    spec:
      containers:
      - name: controller
        image: {name}
        ports:
        - name: http
          containerPort: 80
        - name: https
          containerPort: 443
---
apiVersion: v1
kind: Service
metadata:
  name: {name}-controller
  namespace: {name}
spec:
  type: LoadBalancer
  selector:
    app.kubernetes.io/name: {name}
  ports:
  - name: http
    port: 80
    targetPort: http
  - name: https
    port: 443
    targetPort: https
"
    ))
}

#[cfg(test)]
mod tests {
    use crate::view::session::{Ask, Model};

    const SHOP: &str = "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  CLASS
  rules:
  - host: shop.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: c, image: nginx, ports: [{containerPort: 8080}]}]}
";

    /// A session in which the host of the Ingress is called from outside.
    fn called(text: &str) -> Model {
        let mut model = Model::new();
        model.handle(Ask::Edit(text.to_owned()));
        model.handle(Ask::Call(
            "client".to_owned(),
            "http://shop.example.com/".to_owned(),
        ));
        model
    }

    #[test]
    fn an_ingress_without_a_controller_gets_the_one_of_its_class() {
        for class in [
            "",
            "ingressClassName: nginx",
            "ingressClassName: traefik",
            "ingressClassName: contour",
            "ingressClassName: kong",
        ] {
            let text = SHOP.replace("CLASS", class);
            let model = called(&text);
            let fix = model.causes.iter().find_map(|cause| cause.fix.clone());
            let fix = fix.unwrap_or_else(|| panic!("{class}: {:?}", model.causes));
            let mended = called(&format!("{text}{}", fix.text));
            let trace = mended.trace.as_deref().expect("a connection");
            assert!(trace.verdict.is_answered(), "{class}: {:?}", trace.verdict);
        }
    }

    #[test]
    fn no_controller_is_made_up_for_a_class_that_is_not_known() {
        let model = called(&SHOP.replace("CLASS", "ingressClassName: alb"));
        assert!(model.causes.iter().all(|cause| cause.fix.is_none()));
    }
}
